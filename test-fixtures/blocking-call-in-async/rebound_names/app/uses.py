from app import helpers
from app.helpers import chosen, nothing, relax, wait

stop = wait
first, second = helpers.pause, helpers.quick


async def bound_to_another_name_bad():
    wait()  #~ blocking-call-in-async: time.sleep


async def bound_twice_bad():
    stop()  #~ blocking-call-in-async: time.sleep


async def attribute_bad():
    helpers.wait()  #~ blocking-call-in-async: time.sleep


async def one_of_two_bad():
    chosen()  #~ blocking-call-in-async: time.sleep


async def part_bad():
    first()  #~ blocking-call-in-async: time.sleep


async def other_part_ok():
    second()


async def harmless_ok():
    nothing()
    await relax()


async def local_bad():
    f = helpers.pause
    f()  #~ blocking-call-in-async: time.sleep


async def local_rebound_ok():
    f = helpers.pause
    f = helpers.quick
    f()
