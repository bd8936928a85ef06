from pool.base import Pool


class Client(Pool):
    async def open_bad(self):
        with self.lock:  #~ guard-across-await
            await self.connect()

    async def count_ok(self):
        with self.lock:
            return 1
