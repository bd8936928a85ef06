import asyncio
import time


def refresh():
    time.sleep(2)


async def handler(request):
    await asyncio.sleep(0)
    refresh()
    asyncio.create_task(asyncio.sleep(1))
