import asyncio


async def computes(data):
    async with asyncio.timeout(5):
        x = compute(data)
    return x


async def nested_only():
    async with asyncio.timeout(5):
        async def later():
            await asyncio.sleep(1)

        start(later)


async def waits(queue):
    async with asyncio.timeout(5):
        return await queue.get()
