"""What only a first use waits for: for the whole process at most possible, for an object one step less certain."""

import functools
import time
from functools import cache

import requests
from toolz import memoize

client = None
CACHE = {}
_started = False


def shared_client():
    global client
    if client is None:
        client = requests.get("https://example.org")
    return client


async def global_ok():
    return shared_client()


def shared_client_not():
    global client
    if not client:
        client = requests.get("https://example.org")
    return client


async def global_not_ok():
    return shared_client_not()


def shared_client_early():
    global client
    if client is not None:
        return client
    client = requests.get("https://example.org")
    return client


async def global_early_return_ok():
    return shared_client_early()


def another_is_stored():
    global client, _started
    if client is None:
        _started = requests.get("https://example.org")
    return _started


async def another_name_is_stored_bad():
    return another_is_stored()  #~ blocking-call-in-async: requests.get


def local_of_that_name():
    client = None
    if client is None:
        client = requests.get("https://example.org")
    return client


async def local_variable_bad():
    return local_of_that_name()  #~ blocking-call-in-async: requests.get


def refreshed():
    global client
    if client is not None:
        client = requests.get("https://example.org")


async def opposite_test_bad():
    refreshed()  #~ blocking-call-in-async: requests.get


def behind_the_branch():
    global client
    if client is None:
        client = object()
    return requests.get("https://example.org")


async def behind_the_branch_bad():
    return behind_the_branch()  #~ blocking-call-in-async: requests.get


async def in_the_async_function_ok():
    global client
    if client is None:
        client = requests.get("https://example.org")
    return client


def looked_up(key):
    if key not in CACHE:
        CACHE[key] = requests.get(key)
    return CACHE[key]


async def cached_by_key_ok():
    return looked_up("https://example.org")


def looked_up_early(key):
    if key in CACHE:
        return CACHE[key]
    value = requests.get(key)
    CACHE[key] = value
    return value


async def cached_by_key_early_ok():
    return looked_up_early("https://example.org")


def looked_up_local(key):
    seen = {}
    if key not in seen:
        seen[key] = requests.get(key)
    return seen[key]


async def local_dictionary_bad():
    return looked_up_local("x")  #~ blocking-call-in-async: requests.get


def looked_up_elsewhere(key, other):
    if key not in CACHE:
        other[key] = requests.get(key)


async def stored_elsewhere_bad(other):
    looked_up_elsewhere("x", other)  #~ blocking-call-in-async: requests.get


class Store:
    def __init__(self):
        self._x = None
        self._all = {}

    def x(self):
        if self._x is None:
            self._x = requests.get("https://example.org")
        return self._x

    def early(self):
        if self._x is not None:
            return self._x
        self._x = requests.get("https://example.org")
        return self._x

    def by_key(self, key):
        if key not in self._all:
            self._all[key] = requests.get(key)
        return self._all[key]

    async def attribute_bad(self):
        return self.x()  #~ blocking-call-in-async: requests.get

    async def early_bad(self):
        return self.early()  #~ blocking-call-in-async: requests.get

    async def by_key_bad(self):
        return self.by_key("x")  #~ blocking-call-in-async: requests.get

    async def here_bad(self):
        if self._x is None:
            self._x = requests.get("https://example.org")  #~ blocking-call-in-async: requests.get


@cache
def cached():
    return requests.get("https://example.org")


@functools.lru_cache(maxsize=None)
def cached_with_arguments():
    return requests.get("https://example.org")


@memoize
def memoized(key):
    time.sleep(1)


async def cache_ok():
    cached()
    cached_with_arguments()


async def memoize_ok():
    memoized(1)


@functools.wraps(cached)
def not_cached():
    return requests.get("https://example.org")


async def not_cached_bad():
    not_cached()  #~ blocking-call-in-async: requests.get
