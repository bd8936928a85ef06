"""Pools that join their jobs, and pools that do not."""

import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed

shared = ThreadPoolExecutor(4)


def work(item=None):
    pass


def entered_in_a_loop_ok(items):
    with ThreadPoolExecutor() as executor:
        for item in items:
            executor.submit(work, item).add_done_callback(print)


def processes_ok(items):
    with ProcessPoolExecutor(2) as executor:
        for item in items:
            executor.submit(work, item).add_done_callback(print)


def collected_ok(items):
    futures = [shared.submit(work, item) for item in items]
    return [future.result() for future in as_completed(futures)]


def mapped_by_future_ok(items):
    futures = {shared.submit(work, item): item for item in items}
    for future in as_completed(futures):
        print(futures[future])


def shared_bad():
    shared.submit(work)  #~ untracked-spawn: submit


def collected_and_forgotten_bad(items):
    futures = []
    for item in items:
        futures.append(shared.submit(work, item))  #~ untracked-spawn: submit


def called_back_ok():
    # The pool holds the job, and the callback learns of its end and error.
    shared.submit(work).add_done_callback(print)


async def gathered_ok(items):
    tasks = [asyncio.create_task(asyncio.sleep(item)) for item in items]
    await asyncio.gather(*tasks)


async def waited_for_ok(items):
    tasks = {asyncio.create_task(asyncio.sleep(item)) for item in items}
    done, pending = await asyncio.wait(tasks)
    return done


async def comprehension_forgotten_bad(items):
    [asyncio.create_task(asyncio.sleep(item)) for item in items]  #~ untracked-spawn: create_task
