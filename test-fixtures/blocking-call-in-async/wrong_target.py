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
