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


import os
import queue
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor

work = queue.Queue()


async def of_a_wait_ok(thread: threading.Thread, future: Future, event: threading.Event):
    thread.join(timeout=0)
    thread.join(0)
    event.wait(timeout=0)
    event.wait(0)
    work.get(block=False)
    work.get(False)
    work.get_nowait()
    work.put_nowait(1)
    work.put(1)
    os.waitpid(1, os.WNOHANG)
    if future.done():
        return future.result()
    return None


async def of_a_pool_ok(pool: ThreadPoolExecutor):
    pool.shutdown(wait=False)


async def of_a_pool_bad(pool: ThreadPoolExecutor):
    pool.shutdown(wait=True)  #~ MISSED blocking-wait-in-async: shutting a pool down is at most possible


async def of_a_wait_bad(thread: threading.Thread, future: Future, event: threading.Event):
    thread.join()  #~ blocking-wait-in-async
    thread.join(timeout=5)  #~ blocking-wait-in-async
    event.wait()  #~ blocking-wait-in-async
    work.get()  #~ blocking-wait-in-async
    work.get(block=True, timeout=3)  #~ blocking-wait-in-async
    future.result()  #~ blocking-wait-in-async


async def of_a_process_bad(process: subprocess.Popen):
    os.waitpid(1, 0)  #~ blocking-call-in-async
    process.wait()  #~ blocking-call-in-async


async def of_a_process_ok(process: subprocess.Popen):
    process.poll()
    process.kill()


async def spread_ok():
    lock.acquire(*(False,))
    lock.acquire(**{"blocking": False})
