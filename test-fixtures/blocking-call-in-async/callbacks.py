"""What the loop calls later runs on it."""

import asyncio
import contextvars
import time


def on_the_loop_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def passed_to_call_soon():
    loop = asyncio.get_running_loop()
    loop.call_soon(on_the_loop_bad)


def wait():
    time.sleep(1)


async def started_task_ok():
    task = asyncio.create_task(blocked_bad())
    await task


async def blocked_bad():
    wait()  #~ blocking-call-in-async


async def gathered_ok():
    await asyncio.gather(blocked_bad(), blocked_bad())


async def in_a_new_thread_with_its_own_loop_ok():
    def run():
        asyncio.run(blocked_bad())

    await asyncio.to_thread(run)


def waits():
    time.sleep(1)


async def in_a_context_bad(context: contextvars.Context):
    context.run(waits)  #~ blocking-call-in-async: time.sleep


async def in_a_context_on_a_worker_ok():
    context = contextvars.copy_context()
    await asyncio.to_thread(lambda: context.run(waits))
