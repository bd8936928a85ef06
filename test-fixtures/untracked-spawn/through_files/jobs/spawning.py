import asyncio


def background(coroutine):
    return asyncio.create_task(coroutine)
