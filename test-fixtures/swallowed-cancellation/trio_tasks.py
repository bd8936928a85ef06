import anyio
import trio


async def trio_bad():
    while True:
        try:
            await trio.sleep(1)
        except trio.Cancelled:  #~ swallowed-cancellation
            print("still here")


async def anyio_bad():
    while True:
        try:
            await anyio.sleep(1)
        except anyio.get_cancelled_exc_class():  #~ swallowed-cancellation
            print("still here")


async def anyio_ok():
    try:
        await anyio.sleep(1)
    except anyio.get_cancelled_exc_class():
        print("going")
        raise
