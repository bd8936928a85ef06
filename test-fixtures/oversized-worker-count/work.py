"""What the jobs do decides how many threads are of use."""

import hashlib
import os
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def compute(data):
    return hashlib.pbkdf2_hmac("sha256", data, b"salt", 100_000)


def wait(_item):
    time.sleep(1)


def computes_bad(items):
    with ThreadPoolExecutor(max_workers=80) as pool:  #~ oversized-worker-count: 80 threads, more than 64
        return list(pool.map(compute, items))


def computes_by_cores_bad(items):
    with ThreadPoolExecutor(max_workers=os.cpu_count() * 4) as pool:  #~ oversized-worker-count: 4 threads for each core, more than 2
        return [pool.submit(compute, item).result() for item in items]


def computes_ok(items):
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(compute, items))


def waits_ok(items):
    with ThreadPoolExecutor(max_workers=80) as pool:
        return list(pool.map(wait, items))


def waits_bad(items):
    with ThreadPoolExecutor(max_workers=800) as pool:  #~ oversized-worker-count: 800 threads
        return list(pool.map(wait, items))


def processes_that_wait_ok(items):
    with ProcessPoolExecutor(os.cpu_count() * 4) as pool:
        return list(pool.map(wait, items))


def processes_that_compute_bad(items):
    with ProcessPoolExecutor(os.cpu_count() * 4) as pool:  #~ oversized-worker-count: 4 processes for each core, more than 2
        return list(pool.map(compute, items))


def processes_of_unknown_work_bad(work, items):
    with ProcessPoolExecutor(os.cpu_count() * 4) as pool:  #~ oversized-worker-count: 4 processes for each core, more than 2
        return list(pool.map(work, items))
