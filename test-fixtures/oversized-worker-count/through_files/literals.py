"""Sizes as they are written: literals, names, arithmetic."""

import multiprocessing
import os
from concurrent.futures import InterpreterPoolExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.pool import ThreadPool

import sizes

MANY = 1000
MORE = MANY * 2
CORES = os.cpu_count() or 1
FINE = 32

with ThreadPoolExecutor(max_workers=1000) as executor:  #~ oversized-worker-count: `concurrent.futures.ThreadPoolExecutor` is given 1000 threads, more than 100
    executor.map(print, [])  #~ lost-task-error


def literal_bad():
    return ThreadPoolExecutor(500)  #~ oversized-worker-count: 500 threads


def named_bad():
    return ThreadPoolExecutor(max_workers=MANY)  #~ oversized-worker-count: 1000 threads


def arithmetic_bad():
    return ThreadPoolExecutor(max_workers=MORE // 4)  #~ oversized-worker-count: 500 threads


def of_another_module_bad():
    return ThreadPoolExecutor(sizes.WORKERS)  #~ oversized-worker-count: 256 threads


def local_bad():
    size = 2**10
    return ThreadPoolExecutor(size)  #~ oversized-worker-count: 1024 threads


def cores_bad():
    return ThreadPoolExecutor(os.cpu_count() * 20)  #~ oversized-worker-count: 20 threads for each core


def cores_or_one_bad():
    return ThreadPoolExecutor((os.cpu_count() or 1) * 50)  #~ oversized-worker-count: 50 threads for each core


def named_cores_bad():
    return ProcessPoolExecutor(CORES * 8)  #~ oversized-worker-count: 8 processes for each core


def processes_bad():
    return ProcessPoolExecutor(max_workers=128)  #~ oversized-worker-count: 128 processes, more than 61


def interpreters_bad():
    return InterpreterPoolExecutor(max_workers=100)  #~ oversized-worker-count: 100 processes, more than 61


def multiprocessing_bad():
    return multiprocessing.Pool(processes=multiprocessing.cpu_count() * 4)  #~ oversized-worker-count: 4 processes for each core


def thread_pool_bad():
    return ThreadPool(300)  #~ oversized-worker-count: 300 threads


def ternary_bad(fast):
    return ThreadPoolExecutor(512 if fast else 4)  #~ oversized-worker-count: 512 threads


def max_bad():
    return ThreadPoolExecutor(max(200, os.cpu_count()))  #~ oversized-worker-count: 200 threads


def min_bad():
    return ThreadPoolExecutor(min(500, 1000))  #~ oversized-worker-count: 500 threads


def default_bad(max_workers=400):
    return ThreadPoolExecutor(max_workers)  #~ oversized-worker-count: 400 threads


def missing_bad(max_workers=None):
    if max_workers is None:
        max_workers = 400
    return ThreadPoolExecutor(max_workers)  #~ oversized-worker-count: 400 threads


class Service:
    SIZE = 200

    def __init__(self):
        self.size = 300

    def of_class_bad(self):
        return ThreadPoolExecutor(self.SIZE)  #~ oversized-worker-count: 200 threads

    def of_class_by_name_bad(self):
        return ThreadPoolExecutor(Service.SIZE)  #~ oversized-worker-count: 200 threads

    def of_object_bad(self):
        return ThreadPoolExecutor(self.size)  #~ oversized-worker-count: 300 threads


class Pool(ThreadPoolExecutor):
    def __init__(self):
        super().__init__(max_workers=400)  #~ oversized-worker-count: 400 threads


def of_environment_bad():
    return ThreadPoolExecutor(int(os.getenv("WORKERS", "1000")))  #~ oversized-worker-count: 1000 threads


def of_affinity_bad():
    return ProcessPoolExecutor(len(os.sched_getaffinity(0)) * 10)  #~ oversized-worker-count: 10 processes for each core


def at_most_bad(items):
    return ThreadPoolExecutor(min(len(items), 1000))  #~ oversized-worker-count: 1000 threads


def recommended_ok():
    return ThreadPoolExecutor(max_workers=min(32, os.cpu_count() + 4))


def recommended_or_ok():
    return ThreadPoolExecutor(max_workers=min(32, (os.cpu_count() or 1) + 4))


def hundred_ok():
    return ThreadPoolExecutor(max_workers=100)


def named_ok():
    return ThreadPoolExecutor(FINE)


def cores_ok():
    return ThreadPoolExecutor(CORES * 5), ProcessPoolExecutor(CORES), multiprocessing.Pool(CORES * 2)


def one_more_ok():
    return ProcessPoolExecutor(CORES + 1), ProcessPoolExecutor(CORES * 2 + 1), ProcessPoolExecutor(CORES - 1)


def largest_ok():
    return ProcessPoolExecutor(61)


def nothing_ok():
    return ThreadPoolExecutor(), ProcessPoolExecutor(None)


def unknown_ok(items, max_workers):
    return ThreadPoolExecutor(len(items)), ThreadPoolExecutor(max_workers)
