"""What makes the pool is a helper, a factory, an object, a property."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property, lru_cache


def work(item):
    return item


def run_one(item):
    with ThreadPoolExecutor() as pool:
        return pool.submit(work, item).result()


def through_helper_bad(items):
    for item in items:
        run_one(item)  #~ executor-per-task: `run_one` makes a pool with `concurrent.futures.ThreadPoolExecutor` on every turn of a loop


def deeper(item):
    return run_one(item)


def through_two_helpers_bad(items):
    return [deeper(item) for item in items]  #~ executor-per-task: `deeper` makes


def once_ok(item):
    return deeper(item)


def make_pool(size=8):
    return ThreadPoolExecutor(size)


def made_by_factory_bad(items):
    for item in items:
        with make_pool() as pool:  #~ executor-per-task: `make_pool` makes
            pool.submit(work, item).result()


def factory_once_ok(items):
    with make_pool() as pool:
        for item in items:
            pool.submit(work, item).result()


@contextmanager
def managed(size=10):
    executor = ThreadPoolExecutor(max_workers=size)
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def by_context_manager_bad(items):
    for item in items:
        with managed(5) as pool:  #~ executor-per-task: `managed` makes
            pool.submit(work, item).result()


def by_context_manager_ok(items):
    with managed(5) as pool:
        for item in items:
            pool.submit(work, item).result()


@lru_cache
def shared():
    return ThreadPoolExecutor(8)


def shared_ok(items):
    for item in items:
        shared().submit(work, item).result()


class Runner:
    def __init__(self):
        self.pool = ThreadPoolExecutor(2)

    def run(self, item):
        return self.pool.submit(work, item).result()


def object_bad(items):
    for item in items:
        Runner().run(item)  #~ executor-per-task: `Runner` makes


def object_by_name_bad(items):
    for item in items:
        runner = Runner()  #~ executor-per-task: `Runner` makes
        runner.run(item)


def object_ok(items):
    runner = Runner()
    for item in items:
        runner.run(item)


def objects_kept_ok(items, runners: list):
    for item in items:
        runners.append(Runner())


class Session:
    def __enter__(self):
        self._pool = ThreadPoolExecutor(2)
        return self

    def __exit__(self, *args):
        self._pool.shutdown()

    def run(self, item):
        return self._pool.submit(work, item).result()


def session_bad(items):
    for item in items:
        with Session() as session:  #~ executor-per-task: `Session` makes
            session.run(item)


def session_ok(items):
    with Session() as session:
        for item in items:
            session.run(item)


class Lazy:
    def __init__(self):
        self._pool = None

    def pool(self):
        if self._pool is None:
            self._pool = ThreadPoolExecutor(4)
        return self._pool

    @cached_property
    def other(self):
        return ThreadPoolExecutor(4)

    @property
    def fresh(self):
        return ThreadPoolExecutor(4)

    def lazy_ok(self, items):
        for item in items:
            self.pool().submit(work, item).result()
            self.other.submit(work, item).result()

    def fresh_bad(self, items):
        for item in items:
            self.fresh.submit(work, item).result()  #~ executor-per-task: makes


class Base:
    def run_all(self, items):
        with ThreadPoolExecutor() as pool:
            return list(pool.map(work, items))


class Derived(Base):
    def inherited_bad(self, batches):
        for batch in batches:
            self.run_all(batch)  #~ executor-per-task: `Base.run_all` makes

    def inherited_ok(self, batch):
        return self.run_all(batch)


class NamedPool(ThreadPoolExecutor):
    def __init__(self, name):
        super().__init__(max_workers=4, thread_name_prefix=name)


class PlainPool(ThreadPoolExecutor):
    pass


def subclass_bad(items):
    for item in items:
        with NamedPool("worker") as pool:  #~ executor-per-task: `NamedPool` makes
            pool.submit(work, item).result()


def plain_subclass_bad(items):
    for item in items:
        with PlainPool() as pool:  #~ executor-per-task: ThreadPoolExecutor
            pool.submit(work, item).result()


def subclass_ok(items):
    with NamedPool("worker") as pool:
        for item in items:
            pool.submit(work, item).result()


_pool = ThreadPoolExecutor(max_workers=20)
_lazy = None


def of_module():
    global _lazy
    if _lazy is None:
        _lazy = ThreadPoolExecutor()
    return _lazy


def of_module_ok(items):
    for item in items:
        _pool.submit(work, item).result()
        of_module().submit(work, item).result()
