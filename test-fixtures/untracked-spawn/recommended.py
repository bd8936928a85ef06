"""What is recommended stays silent."""

import asyncio
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed


async def work(n):
    await asyncio.sleep(n)


def compute(n):
    return n * n


async def graceful_shutdown_ok():
    tasks = [asyncio.create_task(work(n)) for n in range(3)]
    try:
        await asyncio.sleep(1)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def producer_and_consumer_ok():
    queue = asyncio.Queue(maxsize=10)
    producer = asyncio.create_task(queue.put(1))
    consumer = asyncio.create_task(queue.get())
    await asyncio.gather(producer, consumer)


async def bounded_ok(urls):
    semaphore = asyncio.Semaphore(10)

    async def one(url):
        async with semaphore:
            await work(url)

    await asyncio.gather(*(one(url) for url in urls))


def pool_with_map_ok(numbers):
    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(compute, numbers))


def pool_with_as_completed_ok(numbers):
    with ProcessPoolExecutor() as pool:
        futures = {pool.submit(compute, number): number for number in numbers}
        return [future.result() for future in as_completed(futures)]


async def offloaded_ok(numbers):
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:
        return await asyncio.gather(*[loop.run_in_executor(pool, compute, n) for n in numbers])


async def waited_for_first_ok():
    tasks = {asyncio.create_task(work(n)) for n in range(2)}
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()


class Worker:
    def __init__(self):
        self._task: asyncio.Task | None = None

    async def __aenter__(self):
        self._task = asyncio.create_task(work(1))
        return self

    async def __aexit__(self, *exc):
        if self._task:
            self._task.cancel()
            await self._task
