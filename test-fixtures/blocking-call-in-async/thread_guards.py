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
