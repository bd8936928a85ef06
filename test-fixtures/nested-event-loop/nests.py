import asyncio

import nest_asyncio

nest_asyncio.apply()


async def fetch():
    return 1


async def patched_ok():
    return asyncio.run(fetch())
