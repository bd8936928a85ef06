import asyncio
from dataclasses import dataclass
from typing import Callable


class Emitter:
    def __init__(self, name, make_client: Callable[[], object] = print):
        self._name = name
        self._make_client = make_client

    async def open_bad(self):
        return self._make_client()  #~ blocking-call-in-async: time.sleep

    async def named_ok(self):
        return self._name

    async def in_thread_ok(self):
        return await asyncio.to_thread(self._make_client)

    def make(self):
        return self._make_client()

    async def through_self_bad(self):
        return self.make()  #~ blocking-call-in-async: time.sleep


class Quiet:
    def __init__(self, on_end):
        self.on_end = on_end

    async def end_ok(self):
        self.on_end()


class Several:
    def __init__(self, action):
        self.action = action

    async def run_bad(self):
        self.action()  #~ blocking-call-in-async: time.sleep

    def run(self):
        self.action()


@dataclass
class Fields:
    name: str
    check: Callable[[], bool]

    async def check_bad(self):
        return self.check()  #~ blocking-call-in-async: time.sleep


class Awaited:
    def __init__(self, fetch):
        self.fetch = fetch

    async def fetch_ok(self):
        return await self.fetch()


class Twins:
    def __init__(self, call):
        self.call = call

    async def awaited_ok(self):
        return await self.call()

    def run(self):
        return self.call()


class Replaced:
    def __init__(self, action):
        self.action = action

    def use(self):
        self.action = len

    async def run_bad(self):
        self.action()  #~ MISSED blocking-call-in-async: what an object was made with may have been replaced


class NeverMade:
    def __init__(self, action):
        self.action = action

    async def run_ok(self):
        self.action()


class Base:
    def __init__(self, action):
        self.action = action

    async def run_bad(self):
        self.action()  #~ blocking-call-in-async: time.sleep


class Heir(Base):
    pass
