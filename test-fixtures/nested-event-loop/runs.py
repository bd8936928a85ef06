#@ runs
import asyncio


async def fetch():
    return 1


def fetch_now():
    coroutine = fetch()
    try:
        return asyncio.run(coroutine)
    finally:
        coroutine.close()


def fetch_anywhere():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(fetch())
    return None


async def run_bad():
    return asyncio.run(fetch())  #~ nested-event-loop: asyncio.run


async def helper_bad():
    return fetch_now()  #~ nested-event-loop: asyncio.run


async def until_complete_bad():
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(fetch())  #~ nested-event-loop: run_until_complete
    finally:
        loop.close()


async def asks_ok():
    return fetch_anywhere()


async def thread_ok():
    return await asyncio.to_thread(fetch_now)
