import functools
import time
from functools import lru_cache, partial, wraps


def pause(seconds, note=""):
    time.sleep(seconds)


def on_the_loop_bad(seconds):
    time.sleep(seconds)  #~ blocking-call-in-async: time.sleep


def nothing(seconds):
    return seconds


short = partial(pause, 1)
harmless = functools.partial(nothing, 1)
nested = partial(partial(pause, 1), note="x")


def bound(function):
    return partial(function, 1)


class Service:
    def __init__(self):
        self.pause = functools.partial(pause, 2)

    def run(self):
        self.pause()

    wait = functools.partialmethod(pause)


@lru_cache(maxsize=None)
def kept(key):
    time.sleep(1)
    return key


def logged(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@logged
def wrapped():
    time.sleep(1)
