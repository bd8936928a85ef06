import time


def pause():
    time.sleep(1)


def _hidden():
    time.sleep(2)


async def rest():
    return None
