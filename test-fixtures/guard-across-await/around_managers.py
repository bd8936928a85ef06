"""A lock of threads around and inside of asynchronous context managers."""

import asyncio
import contextlib
import threading

import aiohttp

lock = threading.Lock()
condition = threading.Condition()
semaphore = threading.Semaphore(3)
async_lock = asyncio.Lock()


async def save():
    await asyncio.sleep(0)


async def around_async_with_bad(session: aiohttp.ClientSession):
    with lock:  #~ guard-across-await
        async with session.get("https://example.org"):
            pass


async def around_an_async_lock_bad():
    with lock:  #~ guard-across-await
        async with async_lock:
            pass


async def inside_async_with_ok(session: aiohttp.ClientSession):
    async with session.get("https://example.org"):
        with lock:
            pass


async def inside_async_with_bad(session: aiohttp.ClientSession):
    async with session.get("https://example.org") as response:
        with lock:  #~ guard-across-await
            await response.text()


async def around_an_async_comprehension_bad(rows):
    with lock:  #~ guard-across-await
        return [row async for row in rows]


async def around_a_task_group_bad():
    with condition:  #~ guard-across-await
        async with asyncio.TaskGroup() as group:
            group.create_task(save())


async def semaphore_bad():
    with semaphore:  #~ guard-across-await
        await save()


async def released_around_ok():
    with lock:
        pass
    async with async_lock:
        await save()


async def on_a_stack_bad():
    with contextlib.ExitStack() as stack:
        stack.enter_context(lock)  #~ MISSED guard-across-await: what a stack entered is not followed
        await save()


async def sync_helper_ok():
    with lock:
        helper()
    await save()


def helper():
    pass


async def generator_bad():
    with lock:  #~ guard-across-await
        yield 1


async def released_in_one_branch_bad(early):
    lock.acquire()  #~ guard-across-await
    if early:
        lock.release()
        return
    await save()
    lock.release()


async def released_in_both_branches_ok(early):
    lock.acquire()
    if early:
        lock.release()
        return
    lock.release()
    await save()
