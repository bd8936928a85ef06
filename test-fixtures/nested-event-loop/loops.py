import asyncio
import threading

import anyio
import trio


async def fetch():
    return 1


async def runs_bad():
    return asyncio.run(fetch())  #~ nested-event-loop: asyncio.run


async def until_complete_bad():
    loop = asyncio.get_event_loop()
    return loop.run_until_complete(fetch())  #~ nested-event-loop: run_until_complete


async def new_loop_bad():
    loop = asyncio.new_event_loop()
    loop.run_forever()  #~ nested-event-loop: run_forever


async def anyio_bad():
    return anyio.run(fetch)  #~ nested-event-loop: anyio.run


async def trio_bad():
    return trio.run(fetch)  #~ nested-event-loop: trio.run


async def runner_bad():
    with asyncio.Runner() as runner:
        return runner.run(fetch())  #~ nested-event-loop: Runner.run


def fetch_now():
    return asyncio.run(fetch())


async def through_helper_bad():
    return fetch_now()  #~ nested-event-loop: asyncio.run


class Client:
    async def load(self):
        return 1

    def load_now(self):
        return asyncio.run(self.load())

    @property
    def value(self):
        return self.load_now()


class Cached(Client):
    async def inherited_bad(self):
        return self.value  #~ nested-event-loop: asyncio.run


def on_tick():
    return fetch_now()  #~ nested-event-loop: `on_tick`, which runs on the loop


def start(loop: asyncio.AbstractEventLoop):
    loop.call_soon(on_tick)


def run_anywhere(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    raise RuntimeError("await it instead")


def run_anywhere_else(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is None:
        return asyncio.run(coroutine)
    return loop.create_task(coroutine)


def run_if_not_running(coroutine):
    loop = asyncio.get_event_loop()
    if loop.is_running():
        return asyncio.ensure_future(coroutine)
    return loop.run_until_complete(coroutine)


def run_if_not_running_else(coroutine):
    loop = asyncio.get_event_loop()
    if not loop.is_running():
        return loop.run_until_complete(coroutine)
    return None


def run_where_possible(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop and loop.is_running():
        return loop.create_task(coroutine)
    else:
        return asyncio.run(coroutine)


async def asks_both_ok():
    return run_where_possible(fetch())


async def asks_first_ok():
    await asyncio.to_thread(fetch_now)
    return [run_anywhere(fetch()), run_anywhere_else(fetch()), run_if_not_running(fetch()), run_if_not_running_else(fetch())]


def in_thread():
    asyncio.run(fetch())


async def other_thread_ok():
    thread = threading.Thread(target=in_thread)
    thread.start()
    worker = threading.Thread(target=lambda: asyncio.run(fetch()))
    worker.start()
    return thread, worker


def plain_ok():
    return asyncio.run(fetch())


def loop_to_use():
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return None if loop.is_closed() else loop


def any_loop():
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        return None
    return loop


def some_loop(loop=None):
    return loop


def dispatch():
    loop = loop_to_use()
    if loop is None:
        asyncio.run(fetch())


def dispatch_to_any():
    loop = any_loop()
    if loop is None:
        asyncio.run(fetch())
    else:
        loop.run_until_complete(fetch())


def dispatch_to_some():
    loop = some_loop()
    if loop is None:
        asyncio.run(fetch())


async def helper_finds_the_loop_ok():
    dispatch()


async def helper_finds_any_loop_bad():
    dispatch_to_any()  #~ nested-event-loop: run_until_complete


async def helper_asks_nobody_bad():
    dispatch_to_some()  #~ nested-event-loop: asyncio.run
