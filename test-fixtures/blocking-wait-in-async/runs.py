#@ runs
import asyncio
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor


pool = ThreadPoolExecutor(1)


def work():
    time.sleep(0.02)
    return 1


def later(call):
    time.sleep(0.05)
    call()


async def result_bad():
    future = pool.submit(work)
    return future.result()  #~ blocking-wait-in-async: concurrent.futures.Future.result


async def done_ok():
    future = pool.submit(work)
    await asyncio.sleep(0.2)
    if future.done():
        return future.result()
    return None


async def event_bad():
    ready = threading.Event()
    thread = threading.Thread(target=later, args=(ready.set,), daemon=True)
    thread.start()
    ready.wait()  #~ blocking-wait-in-async: threading.Event.wait


async def queue_bad():
    jobs = queue.Queue()
    thread = threading.Thread(target=later, args=(lambda: jobs.put(1),), daemon=True)
    thread.start()
    return jobs.get()  #~ blocking-wait-in-async: queue.Queue.get


async def queue_no_wait_ok():
    jobs = queue.Queue()
    jobs.put(1)
    return jobs.get(block=False)


async def awaited_ok():
    return await asyncio.to_thread(work)


async def wrapped_ok():
    future = pool.submit(work)
    return await asyncio.wrap_future(future)
