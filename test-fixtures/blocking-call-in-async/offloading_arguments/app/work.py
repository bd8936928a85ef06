import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(4)


def load(key="x", *, retries=1):
    time.sleep(1)


class Store:
    def load(self, key="x"):
        time.sleep(1)

    @classmethod
    def load_default(cls):
        time.sleep(1)

    @staticmethod
    def load_static():
        time.sleep(1)


class Loading:
    def __init__(self, key):
        self.key = key

    def __call__(self):
        time.sleep(1)


store = Store()
loaders = {"load": load, "store": store.load}


async def offload(function, *args, **kwargs):
    return await asyncio.to_thread(function, *args, **kwargs)


def submit(function, *args):
    return pool.submit(function, *args)


class Runner:
    async def offload(self, function, *args):
        return await offload(function, *args)


def loader(key):
    def read():
        load(key)

    return read
