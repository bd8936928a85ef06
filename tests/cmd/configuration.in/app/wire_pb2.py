import asyncio
import os
import time


async def work():
    time.sleep(1)
    os.stat("/")
    asyncio.create_task(work())
