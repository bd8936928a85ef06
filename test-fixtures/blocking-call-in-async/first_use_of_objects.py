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
