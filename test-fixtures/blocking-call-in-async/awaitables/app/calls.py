import asyncio
import time
from typing import Awaitable


async def rest():
    await asyncio.sleep(1)


def plain_then_coroutine():
    time.sleep(1)
    return rest()


def coroutine():
    return rest()


def declared() -> Awaitable[None]:
    time.sleep(1)
    return rest()


def in_executor():
    loop = asyncio.get_running_loop()
    return loop.run_in_executor(None, time.sleep, 1)


def task():
    time.sleep(1)
    return asyncio.create_task(rest())


class Request:
    def __init__(self):
        time.sleep(1)

    def __await__(self):
        return rest().__await__()


class Waiting:
    def __await__(self):
        time.sleep(1)
        yield


class Callable:
    def __call__(self):
        time.sleep(1)


class AsyncCallable:
    async def __call__(self):
        await asyncio.sleep(1)


class Called(Callable):
    pass
