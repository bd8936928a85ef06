import asyncio

from bridge import Store


class Handler:
    def __init__(self, store: Store):
        self.store = store

    async def get_bad(self, key):
        return self.store.load(key)  #~ blocking-wait-in-async: concurrent.futures.Future.result

    async def size_bad(self):
        return self.store.size  #~ blocking-wait-in-async: concurrent.futures.Future.result

    async def awaited_ok(self, key):
        return await self.store.fetch(key)

    async def elsewhere_ok(self, key):
        return await asyncio.to_thread(self.store.load, key)

    async def guarded_ok(self, key):
        return self.store.call_from_elsewhere(self.store.fetch(key))


def on_tick(store: Store):
    return store.load("tick")  #~ blocking-wait-in-async: `on_tick`, which runs on the loop


def start(loop: asyncio.AbstractEventLoop, store: Store):
    loop.call_soon(on_tick, store)
