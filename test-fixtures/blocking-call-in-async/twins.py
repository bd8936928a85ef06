"""Of twins, an awaited call goes to the one that gives something awaitable."""

import asyncio
import functools
import inspect
import time
from functools import wraps
from typing import Callable, Union

import httpx
import redis
import redis.asyncio
import requests


class SyncStore:
    def load(self):
        return requests.get("https://example.org")

    def close(self):
        time.sleep(1)


class AsyncStore:
    async def load(self):
        await asyncio.sleep(1)

    async def close(self):
        await asyncio.sleep(1)


async def union_awaited_ok(store: Union[SyncStore, AsyncStore]):
    return await store.load()


async def union_awaited_new_ok(store: SyncStore | AsyncStore):
    await store.close()


async def union_not_awaited_bad(store: SyncStore | AsyncStore):
    store.close()  #~ blocking-call-in-async: time.sleep


async def only_the_sync_one_bad(store: SyncStore):
    return store.load()  #~ blocking-call-in-async: requests.get


async def told_apart_bad(store: SyncStore | AsyncStore):
    if isinstance(store, SyncStore):
        return store.load()  #~ blocking-call-in-async: requests.get
    return await store.load()


async def awaited_if_need_be_bad(store: SyncStore | AsyncStore):
    result = store.load()  #~ blocking-call-in-async: requests.get
    if inspect.isawaitable(result):
        result = await result
    return result


class Waits:
    def load(self):
        time.sleep(1)
        return asyncio.sleep(1)


async def sync_that_gives_an_awaitable_bad(store: Waits):
    await store.load()  #~ blocking-call-in-async: time.sleep


async def library_union_ok(client: httpx.Client | httpx.AsyncClient):
    return await client.get("https://example.org")


async def library_union_bad(client: httpx.Client | httpx.AsyncClient):
    return client.get("https://example.org")  #~ blocking-call-in-async: httpx


async def library_redis_ok(client: redis.Redis | redis.asyncio.Redis):
    return await client.get("key")


async def library_redis_bad(client: redis.Redis):
    return client.get("key")  #~ blocking-call-in-async: redis


class Wrapper:
    def __init__(self, client: httpx.Client | httpx.AsyncClient):
        self.client = client

    async def attribute_ok(self):
        return await self.client.get("https://example.org")

    def attribute(self):
        return self.client.get("https://example.org")

    async def through_a_sync_method_bad(self):
        return self.attribute()  #~ blocking-call-in-async: httpx


def traced(function):
    """One of two wrappers, by colour."""
    if asyncio.iscoroutinefunction(function):

        @functools.wraps(function)
        async def async_wrapper(*args, **kwargs):
            await asyncio.sleep(0)
            return await function(*args, **kwargs)

        return async_wrapper

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        time.sleep(1)
        return function(*args, **kwargs)

    return wrapper


@traced
async def fetch():
    await asyncio.sleep(1)


@traced
def compute():
    return 1


async def async_decorated_ok():
    await fetch()


async def plain_decorated_bad():
    compute()  #~ blocking-call-in-async: time.sleep


def retried(times):
    def decorate(function):
        @functools.wraps(function)
        def plain(*args, **kwargs):
            for _ in range(times):
                time.sleep(1)
            return function(*args, **kwargs)

        @functools.wraps(function)
        async def coloured(*args, **kwargs):
            for _ in range(times):
                await asyncio.sleep(1)
            return await function(*args, **kwargs)

        return coloured if inspect.iscoroutinefunction(function) else plain

    return decorate


@retried(3)
async def fetch_again():
    await asyncio.sleep(1)


@retried(3)
def compute_again():
    return requests.get("https://example.org")


async def async_decorated_by_a_factory_ok():
    await fetch_again()


async def plain_decorated_by_a_factory_bad():
    compute_again()  #~ blocking-call-in-async


def slow_only(function):
    async def wrapper(*args, **kwargs):
        time.sleep(1)  #~ blocking-call-in-async: time.sleep
        return await function(*args, **kwargs)

    return wrapper


@slow_only
async def slow():
    await asyncio.sleep(1)


async def told_in_the_wrapper_ok():
    await slow()


def wrapper_for(function, kind="plain"):
    if kind == "sync":

        def run(**options):
            time.sleep(1)
            return function(**options)

        return run

    async def run_async(**options):
        return await function(**options)

    return run_async


class Wrapped:
    def __init__(self, function):
        self.run = wrapper_for(function)


async def awaited_wrapper_ok(wrapped: Wrapped):
    await wrapped.run()


async def wrapper_not_awaited_bad(wrapped: Wrapped):
    wrapped.run()  #~ blocking-call-in-async: time.sleep


class PlainClient:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def create(self):
        return requests.post("https://example.org")


class AsyncClient:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

    async def create(self):
        pass


def any_client(plain):
    return PlainClient() if plain else AsyncClient()


async def entered_ok(plain=False):
    client = any_client(plain)
    async with client:
        run = client.create()
        await run


async def entered_plainly_bad(plain):
    client = any_client(plain)
    with client:
        client.create()  #~ blocking-call-in-async


def dispatch(async_form) -> Callable[[Callable], Callable]:
    def decorator(plain) -> Callable:
        @wraps(plain)
        def wrapper(*args, **kwargs):
            called = plain if kwargs.pop("plain", False) else async_form
            return called(*args, **kwargs)

        return wrapper

    return decorator


async def aread(name) -> str:
    return name


@dispatch(aread)
def read(name) -> str:
    return requests.get(name).text


async def awaited_later_ok():
    reading = read("/")
    return await reading


async def awaited_at_once_ok():
    return await read("/")
