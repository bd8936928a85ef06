#@ min-certainty: possible
"""What a cached function waits for happens once: at most possible."""

import functools

import requests


@functools.lru_cache
def settings():
    return requests.get("https://example.org/settings").json()


async def cached_bad():
    return settings()  #~ blocking-call-in-async


_client = None


def client():
    global _client
    if _client is None:
        _client = requests.get("https://example.org/client")
    return _client


async def first_use_bad():
    return client()  #~ blocking-call-in-async
