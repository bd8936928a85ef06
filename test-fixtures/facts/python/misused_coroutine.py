import asyncio
import threading
from functools import lru_cache


class Service:
    @property
    async def state(self):
        return await self.read()

    @lru_cache(maxsize=None)
    async def load(self, key):
        return key

    async def start(self):
        threading.Thread(target=self.load, args=("a",)).start()
        await asyncio.to_thread(self.load, "b")
        asyncio.get_running_loop().call_soon(self.load)
        for item in self.load("c"):
            print(item)
        await asyncio.wait({self.load("d"), self.load("e")}, timeout=5)
