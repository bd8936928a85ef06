#@ min-certainty: possible
import asyncio
import threading

import anyio


def semaphore_bad():
    return asyncio.Semaphore(5000)  #~ oversized-worker-count: `asyncio.Semaphore` is given 5000 at a time, more than 1000


def bounded_bad():
    return threading.BoundedSemaphore(100_000)  #~ oversized-worker-count


def limiter_bad():
    return anyio.CapacityLimiter(2000)  #~ oversized-worker-count


def semaphore_ok():
    return asyncio.Semaphore(10), anyio.CapacityLimiter(40)


def queue_ok():
    return asyncio.Queue(maxsize=100_000)
