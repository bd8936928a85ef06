import time

import trio


async def sleep_bad():
    await trio.sleep(0)
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def in_thread_ok():
    await trio.to_thread.run_sync(time.sleep, 1)
