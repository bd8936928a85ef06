import asyncio


class Stream:
    async def open(self, host):
        self.reader, self.writer = await asyncio.open_connection(host, 80)
        async with self.pool.acquire() as self.connection:
            for self.row, other in await self.connection.rows():
                self.rows[other] = self.row
        left, right = right, left = self.pair()
        a, b = first(), second()
        return left, right, a, b
