#@ min-certainty: possible
"""An async function is given where a plain one is called."""

import asyncio
import atexit
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache, partial

import click


async def refresh(key=None):
    await asyncio.sleep(0)


async def to_thread_bad():
    await asyncio.to_thread(refresh)  #~ misused-coroutine: `asyncio.to_thread` calls this and drops the coroutine of `refresh`


async def in_executor_bad(loop: asyncio.AbstractEventLoop):
    await loop.run_in_executor(None, refresh)  #~ misused-coroutine: run_in_executor


def thread_bad():
    thread = threading.Thread(target=refresh)  #~ misused-coroutine: `threading.Thread` calls this
    thread.start()
    thread.join()


def timer_bad():
    timer = threading.Timer(3, refresh)  #~ misused-coroutine: threading.Timer
    timer.start()
    timer.join()


def call_soon_bad(loop: asyncio.AbstractEventLoop):
    loop.call_soon(refresh)  #~ misused-coroutine: call_soon


def call_later_bad(loop: asyncio.AbstractEventLoop):
    loop.call_later(3, refresh, 1)  #~ misused-coroutine: call_later


def signal_bad(loop: asyncio.AbstractEventLoop):
    loop.add_signal_handler(15, refresh)  #~ misused-coroutine: add_signal_handler


def os_signal_bad():
    signal.signal(15, refresh)  #~ misused-coroutine: signal.signal


def at_exit_bad():
    atexit.register(refresh)  #~ misused-coroutine: atexit.register


async def done_bad(task: asyncio.Task):
    task.add_done_callback(refresh)  #~ misused-coroutine: add_done_callback


def submit_bad():
    with ThreadPoolExecutor() as pool:
        pool.submit(refresh)  #~ misused-coroutine: submit
        #~^ lost-task-error


def submit_result_bad():
    with ThreadPoolExecutor() as pool:
        print(pool.submit(refresh).result())  #~ misused-coroutine: submit


def partial_bad(loop: asyncio.AbstractEventLoop):
    loop.call_soon(partial(refresh, 1))  #~ misused-coroutine: call_soon


def lambda_bad():
    threading.Thread(target=lambda: refresh()).start()  #~ misused-coroutine: threading.Thread
    #~^ untracked-spawn


class Store:
    async def flush(self):
        await asyncio.sleep(0)

    def bound_bad(self, loop: asyncio.AbstractEventLoop):
        loop.call_soon(self.flush)  #~ misused-coroutine: drops the coroutine of `Store.flush`

    @lru_cache  #~ misused-coroutine: `functools.lru_cache` keeps the coroutine of `Store.cached_bad`
    async def cached_bad(self):
        return 1

    @cached_property  #~ misused-coroutine: functools.cached_property
    async def kept_bad(self):
        return 1

    @property  #~ misused-coroutine: reading the property `Store.name_bad` gives a coroutine
    async def name_bad(self):
        return 1

    @property
    def plain_ok(self):
        return 1


@cache  #~ misused-coroutine: functools.cache
async def cached_function_bad():
    return 1


@lru_cache(maxsize=3)  #~ misused-coroutine: functools.lru_cache
async def cached_with_size_bad():
    return 1


@contextmanager  #~ misused-coroutine: contextlib.contextmanager
async def opened_bad():
    yield 1


@click.command()  #~ misused-coroutine: click.command
async def command_bad():
    pass


def sync(function):
    def wrapper(*args):
        return asyncio.run(function(*args))

    return wrapper


@click.command()
@sync
async def command_ok():
    pass


def plain():
    pass


def run_twice(function):
    function()
    function()


def through_helper_bad():
    run_twice(lambda: refresh())  #~ misused-coroutine: `run_twice` calls this and drops the coroutine of `refresh`


async def started_ok(loop: asyncio.AbstractEventLoop):
    loop.call_soon(plain)
    loop.call_soon(lambda: print(1))
    await asyncio.to_thread(plain)
    await asyncio.to_thread(asyncio.run, refresh())
    await (await asyncio.to_thread(refresh))
    await asyncio.gather(*map(refresh, [1, 2]))


def thread_ok():
    thread = threading.Thread(target=lambda: asyncio.run(refresh()))
    thread.start()
    thread.join()


async def awaits_what_it_calls(function):
    await function()


async def through_helper_ok():
    await awaits_what_it_calls(lambda: refresh())
