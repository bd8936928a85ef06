import asyncio

connections = {}
total = 0


class Pool:
    async def get(self, key):
        if key not in self.items:
            self.items[key] = await self.open(key)
        return self.items[key]

    async def add(self, amount):
        balance = self.balance
        await asyncio.sleep(0)
        self.balance = balance + amount
        self.count += await self.size()


async def register(key):
    global total
    if connections.get(key) is None:
        connections[key] = await connect(key)
    total += 1
    del connections[key]
