"""Sizes that callers pass to what makes the pool."""

import os
from concurrent.futures import ThreadPoolExecutor


def make(size):
    return ThreadPoolExecutor(max_workers=size)


def passed_bad():
    return make(1000)  #~ oversized-worker-count: 1000 threads


def passed_by_name_bad():
    return make(size=os.cpu_count() * 32)  #~ oversized-worker-count: 32 threads for each core


def passed_ok():
    return make(16)


def make_scaled(factor):
    return ThreadPoolExecutor(max_workers=factor * 100)


def scaled_bad():
    return make_scaled(5)  #~ oversized-worker-count: 500 threads


def outer(count):
    return make(count)


def through_two_bad():
    return outer(700)  #~ oversized-worker-count: 700 threads


def run_all(work, items, max_workers=10):
    with ThreadPoolExecutor(max_workers=max_workers) as pool:
        return list(pool.map(work, items))


def replaces_default_bad(work, items):
    return run_all(work, items, max_workers=2000)  #~ oversized-worker-count: 2000 threads


def keeps_default_ok(work, items):
    return run_all(work, items)


class Runner:
    def __init__(self, size):
        self.pool = ThreadPoolExecutor(size)


class LateRunner:
    def __init__(self, size):
        self.size = size

    def start(self):
        self.pool = ThreadPoolExecutor(self.size)


def object_bad():
    return Runner(1000)  #~ oversized-worker-count: 1000 threads


def object_ok():
    return Runner(10), LateRunner(10)


def late_bad():
    return LateRunner(1000)  #~ MISSED oversized-worker-count: what an object keeps is not followed to who made it


def workers():
    return os.cpu_count() * 64


def given_by_helper_bad():
    return ThreadPoolExecutor(workers())  #~ oversized-worker-count: 64 threads for each core


class NamedPool(ThreadPoolExecutor):
    def __init__(self, max_workers):
        super().__init__(max_workers=max_workers, thread_name_prefix="named")


class PlainPool(ThreadPoolExecutor):
    pass


def subclass_bad():
    return NamedPool(max_workers=999)  #~ oversized-worker-count: 999 threads


def plain_subclass_bad():
    return PlainPool(999)  #~ oversized-worker-count: 999 threads
