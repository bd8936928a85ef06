class Transfer:
    async def forth(self, other):
        async with self.lock, other.lock:
            await self.move(other)

    async def back(self, other):
        async with other.lock:
            async with self.lock:
                await other.move(self)
