"""Results that carry errors and that nobody reads."""

import asyncio
import concurrent.futures
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from multiprocessing import Pool


def work(key):
    return 1 // key


async def fetch(key):
    await asyncio.sleep(0)
    return 1 // key


def submit_bad(keys):
    with ThreadPoolExecutor() as pool:
        for key in keys:
            pool.submit(work, key)  #~ lost-task-error: the result of the job that `concurrent.futures.Executor.submit` starts is never read


def submit_named_bad(key):
    with ThreadPoolExecutor() as pool:
        future = pool.submit(work, key)  #~ lost-task-error: never read


def submit_shut_down_bad(key):
    pool = ThreadPoolExecutor()
    pool.submit(work, key)  #~ lost-task-error: never read
    pool.shutdown()


def submitted_list_bad(keys):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(work, key) for key in keys]  #~ lost-task-error: never read
    print(len(futures))


def submitted_and_done_bad(key):
    with ThreadPoolExecutor() as pool:
        future = pool.submit(work, key)  #~ lost-task-error: never read
    print(future.done())


def map_bad(keys):
    with ThreadPoolExecutor() as pool:
        pool.map(work, keys)  #~ lost-task-error: the results of `concurrent.futures.Executor.map` are never read


def map_named_bad(keys):
    with ThreadPoolExecutor() as pool:
        results = pool.map(work, keys)  #~ lost-task-error: the results of


def apply_async_bad(keys):
    with Pool() as pool:
        for key in keys:
            pool.apply_async(work, (key,))  #~ lost-task-error: never read
        pool.close()
        pool.join()


def wait_bad(keys):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(work, key) for key in keys]
        wait(futures)  #~ lost-task-error: `concurrent.futures.wait` collects errors that nobody looks at


async def gather_bad(keys):
    await asyncio.gather(*[fetch(key) for key in keys], return_exceptions=True)  #~ lost-task-error: `asyncio.gather` collects errors that nobody looks at


async def gather_two_bad():
    await asyncio.gather(fetch(1), fetch(2), return_exceptions=True)  #~ lost-task-error: asyncio.gather


async def gather_list_bad(keys):
    jobs = []
    for key in keys:
        jobs.append(fetch(key))
    results = await asyncio.gather(*jobs, return_exceptions=True)  #~ lost-task-error: asyncio.gather


async def wait_tasks_bad(keys):
    tasks = [asyncio.create_task(fetch(key)) for key in keys]
    await asyncio.wait(tasks)  #~ lost-task-error: `asyncio.wait` collects errors that nobody looks at


async def wait_tested_bad(keys):
    tasks = [asyncio.create_task(fetch(key)) for key in keys]
    if tasks:
        await asyncio.wait(tasks)  #~ lost-task-error: asyncio.wait


def result_ok(key):
    with ThreadPoolExecutor() as pool:
        return pool.submit(work, key).result()


def results_ok(keys):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(work, key) for key in keys]
    return [future.result() for future in futures]


def as_completed_ok(keys):
    with ThreadPoolExecutor() as pool:
        for future in as_completed([pool.submit(work, key) for key in keys]):
            print(future.result())


def by_future_ok(keys):
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(work, key): key for key in keys}
        for future in concurrent.futures.as_completed(futures):
            print(futures[future], future.result())


def map_read_ok(keys):
    with ThreadPoolExecutor() as pool:
        list(pool.map(work, keys))
        for result in pool.map(work, keys):
            print(result)
        return sum(pool.map(work, keys))


def callback_ok(key):
    with ThreadPoolExecutor() as pool:
        pool.submit(work, key).add_done_callback(lambda future: future.result())


def waited_and_read_ok(keys):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(work, key) for key in keys]
        wait(futures)
        return [future.result() for future in futures]


def done_read_ok(keys):
    with ThreadPoolExecutor() as pool:
        done, _ = wait([pool.submit(work, key) for key in keys])
        return [future.result() for future in done]


def submit_given_back_ok(pool: ThreadPoolExecutor, key):
    return pool.submit(work, key)


async def gather_raises_ok(keys):
    await asyncio.gather(*[fetch(key) for key in keys])


async def gather_raises_too_ok(keys):
    await asyncio.gather(*[fetch(key) for key in keys], return_exceptions=False)


async def gather_read_ok(keys):
    results = await asyncio.gather(*[fetch(key) for key in keys], return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            print(result)


async def shutdown_ok(tasks: list[asyncio.Task]):
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def shutdown_unknown_ok(tasks):
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Service:
    def __init__(self):
        self.tasks = []

    async def stop_ok(self):
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def drain_ok(self):
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def wait_first_ok(job):
    task = asyncio.ensure_future(job)
    await asyncio.wait([task], timeout=1)
    return task.result()


async def wait_done_ok(keys):
    done, pending = await asyncio.wait([asyncio.create_task(fetch(key)) for key in keys])
    for task in pending:
        task.cancel()
    return [task.result() for task in done]


async def group_ok(keys):
    async with asyncio.TaskGroup() as group:
        for key in keys:
            group.create_task(fetch(key))


async def cleans_up_ok(jobs):
    try:
        await fetch(1)
    finally:
        await asyncio.gather(*[job.close() for job in jobs], return_exceptions=True)


class Pooled:
    def __init__(self):
        self.pool = ThreadPoolExecutor()

    def untracked(self, key):
        self.pool.submit(work, key)  #~ untracked-spawn


class Pending:
    def __init__(self):
        self.by_key = {}

    async def others_ok(self):
        if pending := self.by_key.values():
            await asyncio.wait(pending)

    async def copied_ok(self):
        while self.by_key:
            await asyncio.wait(tuple(self.by_key.values()))

    async def everything_ok(self):
        await asyncio.gather(*asyncio.all_tasks(), return_exceptions=True)

    async def close_ok(self, jobs):
        await asyncio.gather(*[job.flush() for job in jobs], return_exceptions=True)

    async def lets_go_ok(self, jobs):
        await asyncio.gather(*(job.close() for job in jobs), return_exceptions=True)

    async def mixed_ok(self, job):
        task = asyncio.ensure_future(fetch(1))
        await asyncio.wait({task, job}, return_when=asyncio.FIRST_COMPLETED)
        return await task

    async def in_place_bad(self, jobs):
        await asyncio.wait([asyncio.create_task(job.run()) for job in jobs])  #~ lost-task-error: asyncio.wait
