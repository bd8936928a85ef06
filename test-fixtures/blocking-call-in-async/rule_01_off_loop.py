"""Code in a branch that runs only off the loop is off the loop."""

import asyncio
import threading
import time


class Hub:
    def __init__(self):
        self.loop_thread_id = threading.get_ident()

    def call(self, function):
        if self.loop_thread_id != threading.get_ident():
            time.sleep(1)
        return function()

    async def other_thread_ok(self, function):
        return self.call(function)

    def call_inverted(self):
        if threading.get_ident() == self.loop_thread_id:
            return
        time.sleep(1)

    async def inverted_ok(self):
        self.call_inverted()

    def call_on_loop(self):
        if self.loop_thread_id == threading.get_ident():
            time.sleep(1)

    async def same_thread_bad(self):
        self.call_on_loop()  #~ blocking-call-in-async


def run(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        time.sleep(1)
        return None
    return loop.create_task(coroutine)


async def no_loop_ok(coroutine):
    await run(coroutine)


def wait_on_loop():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    time.sleep(1)


async def loop_is_running_bad():
    wait_on_loop()  #~ blocking-call-in-async


def unrelated_condition(flag):
    if flag != 3:
        time.sleep(1)


async def unrelated_condition_bad():
    unrelated_condition(4)  #~ blocking-call-in-async


def by_main_thread():
    if threading.current_thread() is not threading.main_thread():
        time.sleep(1)


async def other_than_the_main_thread_ok():
    by_main_thread()


def on_main_thread():
    if threading.current_thread() is threading.main_thread():
        time.sleep(1)


async def main_thread_bad():
    on_main_thread()  #~ blocking-call-in-async: time.sleep


def by_a_predicate():
    if is_loop_thread():
        return
    time.sleep(1)


def is_loop_thread():
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


async def predicate_ok():
    by_a_predicate()


def in_else():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        time.sleep(1)


async def in_else_bad():
    in_else()  #~ blocking-call-in-async: time.sleep


def with_the_loop():
    loop = None
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is None:
        time.sleep(1)
    elif loop.is_running():
        return loop
    return None


async def loop_is_there_ok():
    with_the_loop()


def raises_on_the_loop():
    if threading.get_ident() == STATE["thread"]:
        raise RuntimeError("would deadlock")
    time.sleep(1)


STATE = {"thread": 0}


async def raises_ok():
    raises_on_the_loop()


def other_thread_compared_with_a_name(name):
    if threading.current_thread().name != name:
        time.sleep(1)


class Bridge:
    def __init__(self, loop):
        self._loop = loop
        self._thread = threading.current_thread()

    def result(self, coroutine):
        if threading.current_thread() is self._thread:
            raise RuntimeError("on the loop")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def checked_ok(self, coroutine):
        return self.result(coroutine)

    def unchecked(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def unchecked_bad(self, coroutine):
        return self.unchecked(coroutine)  #~ blocking-wait-in-async
