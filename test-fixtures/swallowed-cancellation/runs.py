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
