from app import b
from app.b import finish, unknown


def start(n):
    if n:
        b.step(n - 1)


async def through_the_cycle_bad():
    start(3)  #~ blocking-call-in-async: time.sleep


async def name_of_the_other_bad():
    finish()  #~ blocking-call-in-async: time.sleep


async def name_that_nobody_defines_ok():
    unknown()
