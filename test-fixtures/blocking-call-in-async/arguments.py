"""Arguments that make a call not wait."""

import time
import threading

import requests

lock = threading.Lock()


def slow_section():
    with lock:
        requests.get("https://example.org")


async def try_lock_ok():
    if lock.acquire(blocking=False):
        lock.release()


async def try_lock_positional_ok():
    if lock.acquire(False):
        lock.release()


async def no_sleep_ok():
    time.sleep(0)


async def some_sleep_bad():
    time.sleep(3)  #~ blocking-call-in-async: time.sleep
