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


class Client:
    async def load(self):
        return 1

    def load_now(self):
        coroutine = self.load()
        try:
            return asyncio.run(coroutine)
        finally:
            coroutine.close()

    @property
    def value(self):
        return self.load_now()

    async def method_bad(self):
        return self.load_now()  #~ nested-event-loop: asyncio.run

    async def property_bad(self):
        return self.value  #~ nested-event-loop: asyncio.run

    async def executor_ok(self):
        return await asyncio.get_running_loop().run_in_executor(None, self.load_now)


async def forever_bad():
    loop = asyncio.new_event_loop()
    try:
        loop.run_forever()  #~ nested-event-loop: run_forever
    finally:
        loop.close()


async def own_loop_bad():
    coroutine = fetch()
    try:
        asyncio.get_running_loop().run_until_complete(coroutine)  #~ nested-event-loop: run_until_complete
    finally:
        coroutine.close()


async def runner_bad():
    coroutine = fetch()
    with asyncio.Runner() as runner:
        try:
            return runner.run(coroutine)  #~ nested-event-loop: Runner.run
        finally:
            coroutine.close()


def has_loop():
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


def loop_or_none():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def fetch_if_plain():
    if has_loop():
        return None
    return asyncio.run(fetch())


def fetch_or_start():
    loop = loop_or_none()
    if loop is None:
        return asyncio.run(fetch())
    return loop.create_task(fetch())


async def asks_a_helper_ok():
    return fetch_if_plain()


async def starts_ok():
    return await fetch_or_start()
