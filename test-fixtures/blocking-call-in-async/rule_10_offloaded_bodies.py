import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Thread

import anyio
import requests


async def to_thread_ok(url):
    await asyncio.to_thread(time.sleep, 1)
    return await asyncio.to_thread(requests.get, url)


async def executor_ok(url):
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, time.sleep, 1)
    await loop.run_in_executor(None, lambda: requests.get(url))
    await loop.run_in_executor(None, partial(requests.get, url, timeout=3))


async def nested_function_ok(url):
    def work():
        time.sleep(1)
        return requests.get(url)

    return await asyncio.to_thread(work)


async def anyio_ok(url):
    return await anyio.to_thread.run_sync(requests.get, url)


async def pool_ok(url):
    with ThreadPoolExecutor() as pool:
        return await asyncio.wrap_future(pool.submit(requests.get, url))


async def thread_ok():
    thread = Thread(target=time.sleep, args=(1,), daemon=True)
    thread.start()


async def argument_is_evaluated_here_bad(url):
    await asyncio.to_thread(print, requests.get(url))  #~ blocking-call-in-async: requests.get


async def called_instead_of_passed_bad(url):
    await asyncio.to_thread(requests.get(url))  #~ blocking-call-in-async: requests.get


class Service:
    def __init__(self, loop):
        self.loop = asyncio.get_event_loop()
        self.pool = ThreadPoolExecutor(4)

    async def in_pool(self, function, *args):
        return await self.loop.run_in_executor(self.pool, function, *args)

    def load(self, url):
        return requests.get(url)

    async def wrapper_ok(self, url):
        return await self.in_pool(self.load, url)

    async def without_wrapper_bad(self, url):
        return self.load(url)  #~ blocking-call-in-async


def in_thread(function):
    async def wrapper(*args):
        return await asyncio.to_thread(function, *args)

    return wrapper


@in_thread
def decorated(url):
    return requests.get(url)


async def offloading_decorator_ok(url):
    return await decorated(url)


async def lambda_ok(url):
    await asyncio.to_thread(lambda: requests.get(url))
    await asyncio.to_thread(lambda: input("continue? "))
    await asyncio.get_running_loop().run_in_executor(None, lambda u=url: requests.get(u))


async def lambda_called_here_bad(url):
    (lambda: requests.get(url))()  #~ blocking-call-in-async: requests.get


async def generator_consumed_on_a_worker_ok(urls):
    return await asyncio.to_thread(lambda: [requests.get(url) for url in urls])


async def given_to_a_callee_that_calls_it_bad(urls):
    return sorted(urls, key=lambda url: requests.get(url).status_code)  #~ blocking-call-in-async: requests.get
