"""Request handlers and asynchronous functions."""

import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import asynccontextmanager

from fastapi import FastAPI

app = FastAPI()


def work():
    return 1


@app.get("/")
async def handler_bad():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:  #~ executor-per-task: for every request that `handler_bad` answers
        return await loop.run_in_executor(pool, work)


@app.get("/sync")
def sync_handler_bad():
    pool = ProcessPoolExecutor()  #~ executor-per-task: for every request that `sync_handler_bad` answers
    return pool.submit(work).result()


async def helper():
    pool = ThreadPoolExecutor()
    return await asyncio.get_running_loop().run_in_executor(pool, work)


@app.post("/")
async def through_helper_bad():
    return await helper()  #~ executor-per-task: `helper` makes


async def left_open_bad():
    pool = ThreadPoolExecutor()  #~ executor-per-task: in every call of async `left_open_bad`
    return await asyncio.get_running_loop().run_in_executor(pool, work)


async def one_with_ok():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:
        return await loop.run_in_executor(pool, work)


async def fan_out_ok(numbers):
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:
        futures = [loop.run_in_executor(pool, work) for _ in numbers]
        return await asyncio.gather(*futures)


async def per_item(item):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:
        return await loop.run_in_executor(pool, work)


async def gathered_bad(items):
    await asyncio.gather(*[per_item(item) for item in items])  #~ executor-per-task: `per_item` makes


async def tasks_bad(items):
    async with asyncio.TaskGroup() as group:
        for item in items:
            group.create_task(per_item(item))  #~ executor-per-task: `per_item` makes


@asynccontextmanager
async def lifespan_ok(app):
    with ThreadPoolExecutor() as pool:
        app.state.pool = pool
        yield


class Service:
    async def start_ok(self):
        self.pool = ThreadPoolExecutor()

    async def default_ok(self):
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(8))


async def one(item):
    return item


def bridge(coroutine):
    try:
        asyncio.get_running_loop()
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(asyncio.run, coroutine).result()
    except RuntimeError:
        return asyncio.run(coroutine)


def bridged_in_pool_ok(items):
    with ThreadPoolExecutor() as pool:
        for item in items:
            pool.submit(bridge, one(item)).result()


async def main():
    pool = ThreadPoolExecutor()
    await asyncio.get_running_loop().run_in_executor(pool, work)


if __name__ == "__main__":
    asyncio.run(main())
