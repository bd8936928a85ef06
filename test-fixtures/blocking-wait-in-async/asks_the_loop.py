import asyncio
import queue
import signal
import threading


def on_loop(loop, default=False):
    try:
        return loop is asyncio.get_running_loop()
    except RuntimeError:
        if not loop.is_running():
            return default
        return False


def has_loop():
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


def is_plain():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return True
    return False


def is_ready(loop):
    return loop is not None


def wait_for_it():
    ready = threading.Event()
    ready.wait()


class Both:
    def __init__(self, loop):
        self.loop = loop

    @property
    def asynchronous(self):
        try:
            return on_loop(self.loop)
        except RuntimeError:
            return False

    @property
    def ready(self):
        return is_ready(self.loop)

    def sync(self, func, *args, asynchronous=None):
        if asynchronous is None:
            asynchronous = self.asynchronous
        if asynchronous:
            return func(*args)
        return wait_for_it()

    def sync_if_ready(self, func, asynchronous=None):
        if asynchronous is None:
            asynchronous = self.ready
        if asynchronous:
            return func()
        return wait_for_it()

    async def _fetch(self):
        return 1

    def fetch(self):
        return self.sync(self._fetch)

    def fetch_now(self):
        return self.sync(self._fetch, asynchronous=False)

    def close(self):
        if self.asynchronous:
            return self._fetch()
        return wait_for_it()

    async def fetch_ok(self):
        return await self.fetch()

    async def close_ok(self):
        return await self.close()

    async def fetch_now_bad(self):
        return self.fetch_now()  #~ blocking-wait-in-async: threading.Event.wait

    async def other_question_bad(self):
        return self.sync_if_ready(self._fetch)  #~ blocking-wait-in-async: threading.Event.wait


def wait_where_possible():
    if has_loop():
        return None
    return wait_for_it()


def wait_if_plain():
    if is_plain():
        wait_for_it()


def wait_if_not_plain():
    if not is_plain():
        wait_for_it()


async def asks_ok():
    wait_where_possible()
    wait_if_plain()


async def asks_the_wrong_way_bad():
    wait_if_not_plain()  #~ blocking-wait-in-async: threading.Event.wait


jobs = queue.Queue()


async def until_something_is_there_ok():
    while jobs.empty():
        await asyncio.sleep(0.1)
    return jobs.get()


async def until_something_is_there_or_not_bad():
    while jobs.empty():
        if len(asyncio.all_tasks()) > 3:
            break
        await asyncio.sleep(0.1)
    return jobs.get()  #~ blocking-wait-in-async: queue.Queue.get


async def until_nothing_is_there_bad():
    while not jobs.empty():
        jobs.get()
    return jobs.get()  #~ blocking-wait-in-async: queue.Queue.get


def on_signal(number, frame):
    wait_for_it()


async def handles_signals_ok():
    signal.signal(signal.SIGTERM, on_signal)
