import time

import anyio


async def wait_bad():
    await anyio.sleep(0)
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
