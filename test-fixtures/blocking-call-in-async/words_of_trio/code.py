import time

import trio


async def wait_bad():
    await trio.sleep(0)
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
