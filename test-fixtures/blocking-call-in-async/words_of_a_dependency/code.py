import time


async def wait_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
