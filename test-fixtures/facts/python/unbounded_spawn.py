import asyncio


async def all_at_once(urls):
    return await asyncio.gather(*[fetch(url) for url in urls], return_exceptions=True)


async def bounded(urls, limit=asyncio.Semaphore(10)):
    async def one(url):
        async with limit:
            return await fetch(url)

    return await asyncio.gather(*map(one, urls))


async def accept(server):
    async for connection in server:
        asyncio.create_task(connection.serve())
