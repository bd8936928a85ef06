import asyncio
import time


def pause():
    time.sleep(1)


def quick():
    return None


async def rest():
    await asyncio.sleep(1)


wait = pause
relax = rest
nothing = quick
chosen = pause
if nothing:
    chosen = quick
