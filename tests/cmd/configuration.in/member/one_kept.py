import ours


async def f():
    ours.pause()
