"""Only what a call resolves to counts, never its bare name."""

import time
from typing import Protocol

import requests


class Client:
    def get(self, url):
        return requests.get(url)

    def update(self):
        time.sleep(1)


async def dictionary_ok(settings: dict):
    settings.get("url")
    settings.update({})


async def dictionary_literal_ok():
    cache = {}
    return cache.get("url")


async def client_bad(client: Client):
    client.get("url")  #~ blocking-call-in-async


class Store(Protocol):
    def read(self): ...


class MemoryStore:
    def read(self):
        return {}


class Holder:
    def __init__(self):
        self.store: Store = MemoryStore()

    async def constructor_beats_declaration_ok(self):
        return self.store.read()


class Entity:
    def update(self):
        raise NotImplementedError

    async def refresh(self):
        self.update()


class SlowEntity(Entity):
    def update(self):
        time.sleep(1)

    async def refresh(self):
        await super().refresh()


class Twin:
    """Told apart by the await: what is awaited is no function that gives nothing to await."""

    def fetch(self):
        return requests.get("/")

    async def afetch(self):
        return None

    async def awaited_twin_ok(self):
        return await self.afetch()


async def unknown_call_ok(pool):
    pool.pick()()
    pool.get().update()


class Registry:
    def __init__(self):
        self.handlers = {}
        self.options = dict()

    def register(self, name, handler):
        self.handlers[name] = handler

    async def pool_of_callables_ok(self, name):
        self.handlers[name]()
        self.handlers.get(name)()
        self.options.get("timeout")


registry = Registry()
registry.register("slow", Client().update)


class Source:
    def read(self):
        raise NotImplementedError

    async def load(self):
        return self.read()


class Overriding(Source):
    """A sibling that overrides the caller itself is not reached through it."""

    def read(self):
        time.sleep(1)

    async def load(self):
        return None


class Quiet(Source):
    def read(self):
        return 1


async def unknown_object_ok(thing):
    thing.get("x")
    thing.update()
    thing.sleep(1)


class Sleeper:
    def sleep(self, seconds):
        return seconds


async def same_name_ok(sleeper: Sleeper):
    sleeper.sleep(1)
    sleep = sleeper.sleep
    sleep(1)


async def shadowed_module_ok(time, requests):
    time.sleep(1)
    requests.get("x")
