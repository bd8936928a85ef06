"""Pools in loops and comprehensions, by themselves."""

import asyncio
import multiprocessing
from concurrent.futures import InterpreterPoolExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool


def work(item):
    return item


def with_in_for_bad(items):
    results = []
    for item in items:
        with ThreadPoolExecutor() as executor:  #~ executor-per-task: `concurrent.futures.ThreadPoolExecutor` makes a pool on every turn of a loop
            future = executor.submit(work, item)
            results.append(future.result())
    return results


def processes_in_while_bad(queue):
    while queue:
        with ProcessPoolExecutor(max_workers=2) as pool:  #~ executor-per-task: ProcessPoolExecutor
            pool.submit(work, queue.pop()).result()


def interpreters_bad(items):
    for item in items:
        with InterpreterPoolExecutor() as pool:  #~ executor-per-task: InterpreterPoolExecutor
            pool.submit(work, item)  #~ lost-task-error


def multiprocessing_bad(items):
    for item in items:
        with Pool(4) as pool:  #~ executor-per-task: multiprocessing.pool.Pool
            pool.map(work, item)


def multiprocessing_module_bad(items):
    for item in items:
        pool = multiprocessing.Pool(4)  #~ executor-per-task: multiprocessing.pool.Pool
        pool.map(work, item)
        pool.close()
        pool.join()


def thread_pool_bad(items):
    for item in items:
        pool = ThreadPool(4)  #~ executor-per-task: multiprocessing.pool.ThreadPool
        pool.map(work, item)


def never_closed_bad(items):
    for item in items:
        ThreadPoolExecutor().submit(work, item).result()  #~ executor-per-task: ThreadPoolExecutor


def shut_down_by_hand_bad(items, log):
    for item in items:
        pool = ThreadPoolExecutor()  #~ executor-per-task: ThreadPoolExecutor
        try:
            log(pool)
            pool.submit(work, item)  #~ lost-task-error
        finally:
            pool.shutdown()


def comprehension_bad(items):
    return [ThreadPoolExecutor(1).submit(work, item).result() for item in items]  #~ executor-per-task: for every element of a comprehension


def several_with_items_bad(items, lock):
    for item in items:
        with lock, ThreadPoolExecutor() as pool:  #~ executor-per-task: ThreadPoolExecutor
            pool.submit(work, item)  #~ lost-task-error


def under_condition_bad(items):
    for item in items:
        if item:
            with ThreadPoolExecutor() as pool:  #~ executor-per-task: ThreadPoolExecutor
                pool.submit(work, item)  #~ lost-task-error


def event_loop_bad(items):
    for item in items:
        asyncio.run(fetch(item))  #~ executor-per-task: `asyncio.run` makes an event loop


def own_event_loop_bad(items):
    for item in items:
        loop = asyncio.new_event_loop()  #~ executor-per-task: asyncio.new_event_loop
        asyncio.set_event_loop(loop)
        loop.run_until_complete(fetch(item))
        loop.close()


async def fetch(item):
    return item


async def async_for_bad(items):
    loop = asyncio.get_running_loop()
    async for item in items:
        with ThreadPoolExecutor() as pool:  #~ executor-per-task: on every turn of a loop
            await loop.run_in_executor(pool, work, item)


def before_the_loop_ok(items):
    with ThreadPoolExecutor() as executor:
        for item in items:
            executor.submit(work, item).add_done_callback(print)


def iterated_ok(items):
    for result in ThreadPoolExecutor().map(work, items):
        print(result)


def first_that_fits_ok(items):
    for item in items:
        with ThreadPoolExecutor() as pool:
            return pool.submit(work, item).result()


def search_ok(items):
    for item in items:
        if item:
            with ThreadPoolExecutor() as pool:
                pool.submit(work, item).add_done_callback(print)
            break


def retried_ok(item):
    while True:
        try:
            with ThreadPoolExecutor() as pool:
                return pool.submit(work, item).result()
        except RuntimeError:
            continue


def kept_by_key_ok(names, pools: dict):
    for name in names:
        pools[name] = ThreadPoolExecutor(1)


def set_of_pools_ok(count):
    return [ThreadPoolExecutor(1) for _ in range(count)]


def measured_ok(items):
    for size in (1, 2, 4, 8):
        with ThreadPoolExecutor(size) as pool:
            list(pool.map(work, items))


if __name__ == "__main__":
    for name in ("a", "b"):
        with ThreadPoolExecutor() as pool:  #~ executor-per-task: ThreadPoolExecutor
            pool.submit(work, name)  #~ lost-task-error
