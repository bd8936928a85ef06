#@ min-certainty: possible
"""What is kept after its first use happens once: at most possible, but told there."""

import functools

import requests
from toolz import memoize


@functools.lru_cache
def settings():
    return requests.get("https://example.org/settings").json()


async def cached_bad():
    return settings()  #~ blocking-call-in-async


@memoize
def profile(name):
    return requests.get(name).json()


async def memoized_bad():
    return profile("x")  #~ blocking-call-in-async


_client = None


def client():
    global _client
    if _client is None:
        _client = requests.get("https://example.org/client")
    return _client


async def first_use_bad():
    return client()  #~ blocking-call-in-async


CACHE = {}


def by_key(key):
    if key in CACHE:
        return CACHE[key]
    CACHE[key] = requests.get(key)
    return CACHE[key]


async def by_key_bad():
    return by_key("x")  #~ blocking-call-in-async


CONFIG = {}


def load():
    global CONFIG
    CONFIG = requests.get("https://example.org/config").json()


def ensure_loaded():
    if not CONFIG:
        load()


async def stored_by_callee_bad():
    ensure_loaded()  #~ blocking-call-in-async


def by_key_or_anew(key, anew=False):
    if key in CACHE and not anew:
        return CACHE[key]
    CACHE[key] = requests.get(key)
    return CACHE[key]


async def by_key_or_anew_bad():
    return by_key_or_anew("x")  #~ blocking-call-in-async


OPTIONS = {}


def fill():
    OPTIONS.update(requests.get("https://example.org/options").json())


def ensure_filled():
    if not OPTIONS:
        fill()


async def filled_by_callee_bad():
    ensure_filled()  #~ blocking-call-in-async
