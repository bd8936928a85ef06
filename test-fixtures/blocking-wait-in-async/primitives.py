import multiprocessing
import queue
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

pool = ThreadPoolExecutor(4)
jobs = queue.Queue(maxsize=10)
results = queue.Queue()


def compute(n):
    return n * n


async def future_result_bad(n):
    future = pool.submit(compute, n)
    return future.result()  #~ blocking-wait-in-async: concurrent.futures.Future.result


async def future_exception_bad(n):
    return pool.submit(compute, n).exception(timeout=5)  #~ blocking-wait-in-async: concurrent.futures.Future.exception


async def future_done_ok(n):
    future = pool.submit(compute, n)
    if future.done():
        return future.result()
    return None


async def first_done_ok(n):
    future = pool.submit(compute, n)
    if not future.done():
        return None
    return future.result()


async def ended_thread_ok(thread: threading.Thread):
    if not thread.is_alive():
        thread.join()


async def running_thread_bad(thread: threading.Thread):
    if thread.is_alive():
        thread.join()  #~ blocking-wait-in-async: threading.Thread.join


async def other_future_bad(first, n):
    future = pool.submit(compute, n)
    other = pool.submit(compute, first)
    if other.done():
        return future.result()  #~ blocking-wait-in-async: concurrent.futures.Future.result
    return other


async def as_completed_bad(items):
    futures = [pool.submit(compute, item) for item in items]
    return [future.result() for future in as_completed(futures)]  #~ blocking-wait-in-async: as_completed


async def wait_for_all_bad(futures):
    wait(futures)  #~ blocking-wait-in-async: concurrent.futures.wait


async def thread_join_bad():
    thread = threading.Thread(target=compute, args=(1,))
    thread.start()
    thread.join()  #~ blocking-wait-in-async: threading.Thread.join


async def thread_join_no_time_ok():
    thread = threading.Thread(target=compute, args=(1,), daemon=True)
    thread.start()
    thread.join(timeout=0)


async def process_join_bad():
    process = multiprocessing.Process(target=compute, args=(1,))
    process.start()  #~ blocking-call-in-async: starts a process
    process.join()  #~ blocking-wait-in-async: Process.join


async def queue_get_bad():
    return results.get()  #~ blocking-wait-in-async: queue.Queue.get


async def queue_get_nowait_ok():
    return results.get_nowait(), results.get(block=False), results.get(False)


async def put_bounded_bad(job):
    jobs.put(job)  #~ blocking-wait-in-async: queue.Queue.put


async def put_unbounded_ok(result):
    results.put(result)


async def put_not_waiting_ok(job):
    jobs.put(job, block=False)
    jobs.put_nowait(job)


async def queue_join_bad():
    jobs.join()  #~ blocking-wait-in-async: queue.Queue.join


class Gate:
    def __init__(self):
        self.ready = threading.Event()
        self.changed = threading.Condition()
        self.barrier = threading.Barrier(2)

    async def event_bad(self):
        self.ready.wait()  #~ blocking-wait-in-async: threading.Event.wait

    async def event_is_set_ok(self):
        return self.ready.is_set()

    async def condition_bad(self):
        with self.changed:
            self.changed.wait()  #~ blocking-wait-in-async: threading.Condition.wait

    async def condition_wait_for_bad(self):
        with self.changed:
            self.changed.wait_for(self.ready.is_set)  #~ blocking-wait-in-async: threading.Condition.wait_for

    async def barrier_bad(self):
        self.barrier.wait()  #~ blocking-wait-in-async: threading.Barrier.wait


async def popen_wait_bad():
    process = subprocess.Popen(["true"])  #~ blocking-call-in-async
    process.wait()  #~ blocking-call-in-async: subprocess.Popen.wait


async def shutdown_not_waiting_ok():
    pool.shutdown(wait=False)


async def pool_map_bad(items):
    with multiprocessing.Pool(2) as workers:
        return workers.map(compute, items)  #~ blocking-wait-in-async: map


async def not_empty_ok():
    if not results.empty():
        return results.get()
    return None


async def unknown_bound_ok(shared: queue.Queue):
    shared.put(1)
