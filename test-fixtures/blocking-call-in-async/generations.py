"""Sync and async forms of the same thing, side by side."""

import time
from abc import ABC, abstractmethod

import requests


class Transport(ABC):
    @abstractmethod
    def send(self, url): ...


class Http(Transport):
    def send(self, url):
        return requests.get(url)


class Fake(Transport):
    def send(self, url):
        return None


class Service:
    def __init__(self, transport: Transport):
        self.transport = transport
        self.fake = Fake()
        self.http = Http()

    async def known_to_be_harmless_ok(self, url):
        return self.fake.send(url)

    async def known_to_block_bad(self, url):
        return self.http.send(url)  #~ blocking-call-in-async


class SyncApi:
    def call(self):
        return requests.get("/")

    def retry(self):
        time.sleep(1)
        return self.call()


class AsyncApi:
    async def call(self):
        return None

    async def retry_ok(self):
        return await self.call()


class Mixed(SyncApi):
    async def own_twin_bad(self):
        return self.retry()  #~ blocking-call-in-async


async def overwritten_ok(url):
    get = requests.get
    get = str
    return get(url)


async def shadowed_module_ok(url):
    requests = Fake()
    return requests.send(url)


async def conditional_expression_bad(url, session=None):
    return (session or requests.Session()).get(url)  #~ blocking-call-in-async


async def starred_ok(*clients):
    return [client.get("/") for client in clients]


async def type_checked_bad(client):
    if isinstance(client, requests.Session):
        client.get("/")  #~ blocking-call-in-async
