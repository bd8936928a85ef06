import asyncio
from functools import partial

from app.helpers import (
    Service,
    bound,
    harmless,
    kept,
    nested,
    nothing,
    on_the_loop_bad,
    pause,
    short,
    wrapped,
)


async def module_level_bad():
    short()  #~ blocking-call-in-async: time.sleep


async def nested_bad():
    nested()  #~ blocking-call-in-async: time.sleep


async def local_bad():
    wait = partial(pause, 1)
    wait()  #~ blocking-call-in-async: time.sleep


async def called_at_once_bad():
    partial(pause, 1)()  #~ blocking-call-in-async: time.sleep


async def in_a_field_bad():
    Service().run()  #~ blocking-call-in-async: time.sleep


async def told_in_the_callback_ok():
    loop = asyncio.get_running_loop()
    loop.call_soon(partial(on_the_loop_bad, 1))


async def given_by_a_function_bad():
    bound(pause)()  #~ blocking-call-in-async: time.sleep


async def wrapped_bad():
    wrapped()  #~ blocking-call-in-async: time.sleep


async def made_ok():
    return partial(pause, 1)


async def offloaded_ok():
    await asyncio.to_thread(short)
    await asyncio.to_thread(partial(pause, 1))
    await asyncio.get_running_loop().run_in_executor(None, nested)


async def harmless_ok():
    harmless()
    partial(nothing, 1)()


async def cached_is_likely_there_ok():
    kept("x")
