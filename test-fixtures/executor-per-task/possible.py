#@ min-certainty: possible
import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def work(item):
    return item


async def one_with_bad(items):
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:  #~ executor-per-task: in every call of async `one_with_bad`
        return await asyncio.gather(*[loop.run_in_executor(pool, work, item) for item in items])


def measured_bad(items):
    for size in (1, 2, 4, 8):
        with ThreadPoolExecutor(size) as pool:  #~ executor-per-task: on every turn of a loop
            list(pool.map(work, items))


async def main():
    pool = ThreadPoolExecutor()  #~ executor-per-task: in every call of async `main`
    await asyncio.get_running_loop().run_in_executor(pool, work, 1)


if __name__ == "__main__":
    asyncio.run(main())
