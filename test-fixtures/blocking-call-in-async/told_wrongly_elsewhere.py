"""What users of other tools complain of: nothing of it waits on the loop. Beside it, what must still be told."""

import asyncio
import contextlib
import mimetypes
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module, metadata

import trio


async def lambda_on_a_worker_ok():
    await asyncio.to_thread(lambda: input("continue? "))


async def nested_function_that_is_handed_on_ok(queue):
    def work():
        time.sleep(1)

    await queue.put(work)
    return work


async def dictionary_get_ok(headers: dict, requests):
    headers.get("Accept")
    requests.get("id")


class Cache:
    """A cheap method with an async twin."""

    def get(self, key):
        return key

    async def aget(self, key):
        await asyncio.sleep(0)
        return key

    async def uses_the_plain_one_ok(self):
        return self.get("x")


class Stream:
    """The name of a blocking function, and awaited."""

    async def read(self):
        await asyncio.sleep(0)

    async def open(self):
        await self.read()

    async def names_only_ok(self):
        await self.open()


async def blocks_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def told_in_the_callee_ok():
    await blocks_bad()


async def through_two_async_callees_ok():
    await told_in_the_callee_ok()


async def first_call_only_ok():
    mimetypes.guess_type("a.txt")
    import_module("json")


async def read_each_time_bad():
    metadata.version("app")  #~ file-access-in-async


async def short_lock_of_a_library_ok(lock: threading.Lock):
    with lock:
        return 1


async def trio_itself_ok():
    await trio.sleep(1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.sleep, 1)


async def saved_and_awaited_ok():
    task = asyncio.create_task(asyncio.sleep(1))
    await task


async def pool_of_the_module_ok():
    return await asyncio.get_running_loop().run_in_executor(POOL, time.sleep, 1)


POOL = ThreadPoolExecutor(4)


async def in_memory_database_ok():
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("select 1")


async def for_over_what_was_awaited_ok(fetch):
    for row in await fetch():
        print(row)


async def comprehension_ok(stream):
    return [row async for row in stream if row]
