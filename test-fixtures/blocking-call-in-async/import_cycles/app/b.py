import time

import app
from app.a import start, unknown


def step(n):
    start(n)
    finish()


def finish():
    time.sleep(1)


async def through_the_package_bad():
    app.start(1)  #~ blocking-call-in-async: time.sleep


async def harmless_ok():
    return app.a
