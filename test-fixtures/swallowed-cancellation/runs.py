#@ runs
import asyncio
import contextlib


async def loop_bad():
    turns = 0
    while turns < 3:
        turns += 1
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:  #~ swallowed-cancellation
            pass


async def wide_bad():
    turns = 0
    while turns < 3:
        turns += 1
        try:
            await asyncio.sleep(10)
        except BaseException:  #~ swallowed-cancellation
            continue


async def suppressed_bad():
    with contextlib.suppress(asyncio.CancelledError):  #~ swallowed-cancellation
        await asyncio.sleep(10)
    await asyncio.sleep(0)


async def finally_bad():
    try:
        await asyncio.sleep(10)
    finally:
        return 1  #~ swallowed-cancellation


async def raised_again_ok():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise
    except BaseException:
        pass


async def exceptions_ok():
    turns = 0
    while turns < 3:
        turns += 1
        try:
            await asyncio.sleep(10)
        except Exception:
            pass


async def bare_bad():
    turns = 0
    while turns < 3:
        turns += 1
        try:
            await asyncio.sleep(10)
        except:
            turns += 1  #~ swallowed-cancellation: without a type


async def tuple_bad():
    turns = 0
    while turns < 3:
        turns += 1
        try:
            await asyncio.sleep(10)
        except (ValueError, asyncio.CancelledError):  #~ swallowed-cancellation
            pass


async def once_bad():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:  #~ swallowed-cancellation
        pass
    await asyncio.sleep(0)


async def goes_on_in_the_handler_bad():
    try:
        await asyncio.sleep(10)
    except BaseException:  #~ swallowed-cancellation
        await asyncio.sleep(0)


async def time_limit_bad():
    try:
        async with asyncio.timeout(10):
            await asyncio.sleep(10)
    except asyncio.CancelledError:  #~ swallowed-cancellation
        pass
    await asyncio.sleep(0)


async def streamed_bad():
    async def stream():
        while True:
            await asyncio.sleep(10)
            yield 1

    with contextlib.suppress(asyncio.CancelledError):  #~ swallowed-cancellation
        async for item in stream():
            print(item)
    await asyncio.sleep(0)


async def raised_by_name_ok():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        raise error


async def raised_after_cleanup_ok():
    try:
        await asyncio.sleep(10)
    except BaseException:
        await asyncio.sleep(0)
        raise


async def cleanup_ok():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(0)


async def other_exceptions_suppressed_ok():
    with contextlib.suppress(ValueError, Exception):
        await asyncio.sleep(10)
    await asyncio.sleep(0)


async def stops_its_own_task_ok():
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    await asyncio.sleep(10)


async def stops_within_a_time_limit_ok():
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        async with asyncio.timeout(1):
            await task
    except asyncio.CancelledError:
        pass
    await asyncio.sleep(10)
