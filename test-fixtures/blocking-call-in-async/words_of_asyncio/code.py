import time

import asyncio


async def wait_bad():
    await asyncio.sleep(0)
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
