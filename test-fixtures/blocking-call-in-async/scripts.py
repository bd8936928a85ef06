"""Code that only `__main__` runs is alone on its loop; tasks that it starts are not."""

import asyncio
import sys
import time

import anyio
import trio


async def main_ok():
    time.sleep(1)
    await step_ok()


async def step_ok():
    time.sleep(1)


async def with_argument_ok(name):
    print(name)
    time.sleep(1)


async def trio_main_ok(name):
    time.sleep(1)


async def main_of_a_function_ok():
    time.sleep(1)


def run():
    asyncio.run(main_of_a_function_ok())


async def starts_tasks():
    task = asyncio.create_task(worker_bad())
    await asyncio.gather(one_of_many_bad(), one_of_many_bad())
    await task


async def worker_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def one_of_many_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def starts_in_a_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(in_a_group_bad())


async def in_a_group_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def not_only_main_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def endpoint():
    await not_only_main_bad()


if __name__ == "__main__":
    asyncio.run(main_ok())
    anyio.run(with_argument_ok, sys.argv[1])
    trio.run(trio_main_ok, "x")
    run()
    asyncio.run(starts_tasks())
    anyio.run(starts_in_a_group)
    asyncio.run(not_only_main_bad())
