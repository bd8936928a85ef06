import asyncio
import contextlib
import logging

import anyio

log = logging.getLogger(__name__)


async def work():
    await asyncio.sleep(1)


async def loop_bad():
    while True:
        try:
            await work()
        except asyncio.CancelledError:  #~ swallowed-cancellation: in a handler
            log.info("cancelled")


async def loop_continue_bad():
    while True:
        try:
            await work()
        except asyncio.CancelledError:  #~ swallowed-cancellation
            continue


async def wide_bad():
    while True:
        try:
            await work()
        except BaseException as error:  #~ swallowed-cancellation: all exceptions
            log.error("failed: %s", error)


async def bare_bad():
    while True:
        try:
            await work()
        except:
            log.exception("failed")  #~ swallowed-cancellation: without a type


async def tuple_bad():
    while True:
        try:
            await work()
        except (ValueError, asyncio.CancelledError):  #~ swallowed-cancellation
            pass


async def once_bad():
    try:
        await work()
    except asyncio.CancelledError:  #~ swallowed-cancellation
        log.info("cancelled")
    await work()


async def ends_quietly_ok():
    try:
        await work()
    except asyncio.CancelledError:
        log.info("cancelled")


async def leaves_the_loop_ok():
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            break


async def decided_ok(stopping):
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            if stopping():
                return
            log.info("not by us")


async def cleanup_ok(stream):
    try:
        await work()
    finally:
        while stream.is_open:
            try:
                await stream.aclose()
            except BaseException as error:
                log.info("closing failed: %s", error)


async def other_arm_ok(stream):
    if stream.is_open:
        try:
            await work()
        except asyncio.CancelledError:
            log.info("cancelled")
    else:
        await stream.open()


async def suppressed_bad():
    while True:
        with contextlib.suppress(asyncio.CancelledError):  #~ swallowed-cancellation: suppressing
            await work()


async def finally_bad():
    try:
        await work()
    finally:
        return 1  #~ swallowed-cancellation: `return` in `finally`


async def streamed_bad(stream):
    while True:
        try:
            async for item in stream:
                log.info(item)
        except BaseException:  #~ swallowed-cancellation
            pass


async def raised_again_ok():
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            log.info("cancelled")
            raise
        except BaseException:
            log.exception("failed")


async def raised_by_name_ok():
    try:
        await work()
    except BaseException as error:
        log.exception("failed")
        raise error


async def raised_on_all_paths_ok(strict):
    try:
        await work()
    except asyncio.CancelledError as error:
        if strict:
            raise
        else:
            raise TimeoutError from error


async def exceptions_ok():
    while True:
        try:
            await work()
        except Exception:
            log.exception("failed")


async def nothing_awaited_ok():
    while True:
        try:
            log.info("x")
        except BaseException:
            pass
        await work()


async def stops_ok(task: asyncio.Task):
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass


class Service:
    def __init__(self):
        self.task = asyncio.create_task(work())
        self.tasks = set()

    async def stops_ok(self):
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task

    async def stops_all_ok(self):
        for task in self.tasks:
            task.cancel()
        try:
            await asyncio.gather(*self.tasks)
        except asyncio.CancelledError:
            pass


async def handed_on_ok(future: asyncio.Future):
    try:
        future.set_result(await work())
    except BaseException as error:
        future.set_exception(error)


async def leaves_in_finally_of_plain_code_ok():
    try:
        log.info("x")
    finally:
        return 1


async def inner_function_ok():
    def plain():
        try:
            return 1
        except BaseException:
            return 2

    return plain()


def plain_ok():
    try:
        return 1
    except BaseException:
        return 2


async def stops_within_a_time_limit_ok(tasks):
    for task in tasks:
        task.cancel()
        try:
            async with asyncio.timeout(0.1):
                await task
        except asyncio.CancelledError:
            pass
    await work()


async def within_a_time_limit_bad():
    try:
        async with asyncio.timeout(0.1):
            await work()
    except asyncio.CancelledError:  #~ swallowed-cancellation
        pass
    await work()


class Owner:
    def __init__(self, task):
        self.task = task

    async def shielded_ok(self):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.shield(self.task), 0.1)
        await work()

    async def shields_its_own_bad(self):
        with contextlib.suppress(asyncio.CancelledError):  #~ swallowed-cancellation
            await asyncio.wait_for(asyncio.shield(work()), 0.1)
        await work()


async def goes_on_in_the_handler_bad():
    try:
        return await work()
    except BaseException:  #~ swallowed-cancellation
        log.exception("failed, trying the other way")
        return await asyncio.to_thread(len, "")


async def ends_in_the_handler_ok():
    try:
        return await work()
    except BaseException:
        log.exception("failed")
        return None


async def shielded_block_ok(response):
    with anyio.CancelScope(shield=True):
        try:
            await work()
        except BaseException as error:
            log.error("failed: %s", error)
        await work()


async def shielded_for_some_time_ok(response):
    with anyio.move_on_after(1, shield=True):
        try:
            await work()
        except BaseException as error:
            log.error("failed: %s", error)
        await work()


async def not_shielded_bad(response):
    with anyio.CancelScope(shield=False):
        try:
            await work()
        except BaseException as error:  #~ swallowed-cancellation
            log.error("failed: %s", error)
        await work()
