from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache


def pool():
    return ThreadPoolExecutor(8)


def per_item(items):
    for i in items:
        with pool() as p:
            p.submit(work, i).result()


@lru_cache
def shared():
    return ThreadPoolExecutor(8)


class Service:
    def get(self):
        if self._p is None:
            self._p = ThreadPoolExecutor(4)
        return self._p
