#@ min-certainty: certain
"""An object that was made without something may have been given it since: that is not certain."""

import requests


class Remote:
    def load(self, key):
        return requests.get(key)


class Cache:
    def __init__(self, remote: Remote | None = None):
        self.remote = remote

    def attach(self, remote: Remote):
        self.remote = remote

    def load(self, key):
        if self.remote is not None:
            return self.remote.load(key)
        return None


class Lazy:
    def __init__(self, remote: Remote | None = None):
        self.remote = remote

    def connect(self):
        self.remote = Remote()

    def load(self, key):
        if self.remote is not None:
            return self.remote.load(key)
        return None


cache = Cache()
full = Cache(Remote())


async def of_the_module_ok():
    cache.load("x")


async def of_the_module_bad():
    full.load("x")  #~ blocking-call-in-async: requests.get


class Reader:
    shared = Cache()

    def __init__(self):
        self.own = Cache()
        self.same = Reader.shared
        self.lazy = Lazy()

    async def own_ok(self):
        self.own.load("x")

    async def shared_ok(self):
        self.same.load("x")

    async def makes_its_own_bad(self):
        self.lazy.load("x")  #~ blocking-call-in-async: requests.get
