"""What documentation recommends."""

import asyncio
import multiprocessing
import threading
from concurrent.futures import InterpreterPoolExecutor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed

_executor = ThreadPoolExecutor(max_workers=20, thread_name_prefix="io-")


def work(item):
    return item


def as_completed_ok(urls, max_workers=10):
    results = []
    with ThreadPoolExecutor(max_workers=max_workers) as executor:
        futures = {executor.submit(work, url): url for url in urls}
        for future in as_completed(futures):
            results.append(future.result(timeout=30))
    return results


def processes_ok(numbers):
    with ProcessPoolExecutor(max_workers=4, initializer=work, initargs=(1,)) as executor:
        return list(executor.map(work, numbers))


def interpreters_ok(data):
    with InterpreterPoolExecutor() as executor:
        return list(executor.map(work, data))


async def module_level_ok(url):
    return await asyncio.get_running_loop().run_in_executor(_executor, work, url)


async def to_thread_ok(url):
    return await asyncio.to_thread(work, url)


async def shutdown_ok():
    _executor.shutdown(wait=True)


async def coroutine():
    pass


def thread_with_its_own_loop():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(coroutine())
    loop.close()


def thread_ok():
    thread = threading.Thread(target=thread_with_its_own_loop)
    thread.start()
    thread.join()


def bridge_ok():
    return asyncio.run(coroutine())


if __name__ == "__main__":
    with multiprocessing.Pool(4) as pool:
        pool.starmap(work, [(1,), (2,)])
