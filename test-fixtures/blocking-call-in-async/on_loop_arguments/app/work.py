import asyncio
import time

loop = asyncio.new_event_loop()


def load(key="x"):
    time.sleep(1)


def later(function, *args):
    asyncio.get_running_loop().call_soon(function, *args)


def later_twice(function):
    later(function)


class Timer:
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self._loop = loop

    def after(self, delay, action):
        return self._loop.call_later(delay, action)


def is_quick(function):
    return getattr(function, "quick", False)


def later_if_quick(function):
    if is_quick(function):
        asyncio.get_running_loop().call_soon(function)
    else:
        return asyncio.get_running_loop().run_in_executor(None, function)


def later_if_any(function=None):
    if function is not None:
        asyncio.get_running_loop().call_soon(function)
