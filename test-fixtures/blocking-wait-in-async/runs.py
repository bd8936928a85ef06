#@ runs
import asyncio
import concurrent.futures
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


def pair():
    return pool.submit(work), pool.submit(work)


def result_of(future: concurrent.futures.Future):
    return future.result()


def first_result(futures):
    return futures[0].result()


class Jobs:
    def __init__(self):
        self.jobs = queue.Queue(maxsize=1)
        self.changed = threading.Condition()
        self.barrier = threading.Barrier(2)

    def take(self):
        return self.jobs.get()

    @property
    def next_job(self):
        return self.take()

    def add_later(self):
        threading.Thread(target=later, args=(lambda: self.jobs.put(1),), daemon=True).start()

    def notify(self):
        with self.changed:
            self.changed.notify_all()

    async def take_bad(self):
        self.add_later()
        return self.take()  #~ blocking-wait-in-async: queue.Queue.get

    async def property_bad(self):
        self.add_later()
        return self.next_job  #~ blocking-wait-in-async: queue.Queue.get

    async def put_bad(self):
        self.jobs.put_nowait(1)
        threading.Thread(target=later, args=(self.jobs.get_nowait,), daemon=True).start()
        self.jobs.put(2)  #~ blocking-wait-in-async: queue.Queue.put

    async def put_no_wait_ok(self):
        self.jobs.put(1, block=False)

    async def until_something_is_there_ok(self):
        self.add_later()
        while self.jobs.empty():
            await asyncio.sleep(0.01)
        return self.jobs.get_nowait()

    async def condition_bad(self):
        threading.Thread(target=later, args=(self.notify,), daemon=True).start()
        with self.changed:
            self.changed.wait()  #~ blocking-wait-in-async: threading.Condition.wait

    async def condition_wait_for_bad(self):
        self.add_later()
        threading.Thread(target=later, args=(lambda: later(self.notify),), daemon=True).start()
        with self.changed:
            self.changed.wait_for(self.jobs.full)  #~ blocking-wait-in-async: threading.Condition.wait_for

    async def barrier_bad(self):
        threading.Thread(target=later, args=(self.barrier.wait,), daemon=True).start()
        self.barrier.wait()  #~ blocking-wait-in-async: threading.Barrier.wait

    async def in_thread_ok(self):
        self.add_later()
        return await asyncio.to_thread(self.take)

    async def in_executor_ok(self):
        self.add_later()
        return await asyncio.get_running_loop().run_in_executor(pool, lambda: self.take())


async def exception_bad():
    return pool.submit(work).exception()  #~ blocking-wait-in-async: concurrent.futures.Future.exception


async def helper_bad():
    return result_of(pool.submit(work))  #~ blocking-wait-in-async: concurrent.futures.Future.result


async def helper_without_types_bad():
    return first_result(pair())  #~ MISSED blocking-wait-in-async: what a parameter's elements are is not known


async def wait_bad():
    futures = pair()
    return concurrent.futures.wait(futures)  #~ blocking-wait-in-async: concurrent.futures.wait


async def as_completed_bad():
    futures = pair()
    return [future.result() for future in concurrent.futures.as_completed(futures)]  #~ blocking-wait-in-async: as_completed


async def join_bad():
    thread = threading.Thread(target=time.sleep, args=(0.05,), daemon=True)
    thread.start()
    thread.join()  #~ blocking-wait-in-async: threading.Thread.join


async def join_no_time_ok():
    thread = threading.Thread(target=time.sleep, args=(0.05,), daemon=True)
    thread.start()
    thread.join(timeout=0)


async def event_is_set_ok():
    ready = threading.Event()
    threading.Thread(target=later, args=(ready.set,), daemon=True).start()
    while not ready.is_set():
        await asyncio.sleep(0.01)


async def queue_join_bad():
    jobs = queue.Queue()
    jobs.put(1)
    threading.Thread(target=later, args=(jobs.task_done,), daemon=True).start()
    jobs.join()  #~ blocking-wait-in-async: queue.Queue.join


def on_loop():
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


def result_where_possible():
    future = pool.submit(work)
    if on_loop():
        return asyncio.wrap_future(future)
    return future.result()


async def asks_ok():
    return await result_where_possible()
