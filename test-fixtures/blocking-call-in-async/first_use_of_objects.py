#@ min-certainty: certain
"""What an object waits for at its first use is not certain; where nothing is kept, it is."""
import requests


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

    def every_time(self):
        self._x = requests.get("https://example.org")
        return self._x

    def another(self):
        if self._x is None:
            self._y = requests.get("https://example.org")

    async def attribute_ok(self):
        return self.x()

    async def early_ok(self):
        return self.early()

    async def by_key_ok(self):
        return self.by_key("x")

    async def here_ok(self):
        if self._x is None:
            self._x = requests.get("https://example.org")

    async def every_time_bad(self):
        return self.every_time()  #~ blocking-call-in-async: requests.get

    async def another_attribute_bad(self):
        self.another()  #~ blocking-call-in-async: requests.get


def looked_up(cache, key):
    found = cache.find(key)
    if found:
        return found
    made = requests.get(key)
    cache.keep(key, made)
    return made


async def looked_up_ok(cache):
    return looked_up(cache, "x")


async def looked_up_here_ok(cache):
    found = await cache.find("x")
    if found is None:
        found = requests.get("https://example.org")
        await cache.keep("x", found)
    return found


def kept_elsewhere(cache, other, key):
    found = cache.find(key)
    if found:
        return found
    made = requests.get(key)
    other.keep(key, made)
    return made


async def kept_elsewhere_bad(cache, other):
    return kept_elsewhere(cache, other, "x")  #~ blocking-call-in-async: requests.get


class Connection:
    def __init__(self):
        self.socket = requests.get("https://example.org")
        self.owned = True

    def renewed(self):
        if self.owned and self.socket.is_closed:
            self.socket = requests.get("https://example.org")
        return self.socket

    def reported(self):
        if self.owned and self.socket.is_closed:
            requests.get("https://example.org")

    async def renewed_ok(self):
        self.renewed()

    async def reported_bad(self):
        self.reported()  #~ blocking-call-in-async: requests.get


class Client:
    def __init__(self):
        self._connection = None

    def connect(self):
        self._connection = requests.get("https://example.org")

    def ask(self):
        if self._connection is None:
            self.connect()
        return self._connection

    async def stored_by_callee_ok(self):
        return self.ask()

    async def connected_every_time_bad(self):
        self.connect()  #~ blocking-call-in-async
