"""What users of other tools complain of: no cancellation is lost. Beside it, what must still be told."""

import asyncio
import contextlib


async def work():
    await asyncio.sleep(1)


async def own_task_that_was_cancelled_ok():
    task = asyncio.create_task(work())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass


async def own_task_suppressed_ok():
    task = asyncio.create_task(work())
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def raised_again_ok():
    try:
        await work()
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def swallowed_bad():
    while True:
        try:
            await work()
        except asyncio.CancelledError:  #~ swallowed-cancellation
            pass
