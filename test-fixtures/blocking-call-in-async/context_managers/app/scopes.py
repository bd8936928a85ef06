import asyncio
import time
from contextlib import asynccontextmanager, contextmanager


class SlowEnter:
    def __enter__(self):
        time.sleep(1)
        return self

    def __exit__(self, *exc):
        return None


class SlowExit:
    def __enter__(self):
        return Inner()

    def __exit__(self, *exc):
        time.sleep(1)


class Inner:
    def load(self):
        time.sleep(1)

    def name(self):
        return ""


class Quick:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


class Both(SlowEnter):
    async def __aenter__(self):
        await asyncio.sleep(1)
        return Inner()

    async def __aexit__(self, *exc):
        return None


@contextmanager
def before():
    time.sleep(1)
    yield Inner()


@contextmanager
def after():
    try:
        yield Inner()
    finally:
        time.sleep(1)


@contextmanager
def quick():
    yield Inner()


@asynccontextmanager
async def blocking_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
    yield Inner()


class Service:
    @contextmanager
    def scope(self):
        time.sleep(1)
        yield self
