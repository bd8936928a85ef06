import asyncio
import threading


class Bridge:
    """Calls coroutines of a loop from plain code of other threads."""

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.thread_id = threading.get_ident()

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def call_from_elsewhere(self, coroutine):
        if self.thread_id != threading.get_ident():
            return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()
        raise RuntimeError("on the loop already")


class Store(Bridge):
    def load(self, key):
        return self.call(self.fetch(key))

    @property
    def size(self):
        return self.load("size")

    async def fetch(self, key):
        return key
