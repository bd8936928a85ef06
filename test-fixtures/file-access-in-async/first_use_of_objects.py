"""A short wait at the first use of something that an object keeps delays nobody; a long one does."""

import os
import pathlib


class Settings:
    def __init__(self):
        self._home = None
        self._text = None
        self._found = {}

    def home(self):
        if self._home is None:
            self._home = os.path.exists("/etc/home")
        return self._home

    def text(self):
        if self._text is None:
            self._text = pathlib.Path("/etc/text").read_text()
        return self._text

    def made(self):
        if self._home is None:
            self._home = self.look()
        return self._home

    def look(self):
        return os.path.exists("/etc/home")

    async def short_ok(self):
        self.home()
        self.made()

    async def short_each_time_bad(self):
        self.look()  #~ file-access-in-async: os.path.exists

    async def long_bad(self):
        self.text()  #~ file-access-in-async: pathlib.Path.read_text


def client(cache, key):
    found = cache.get_client(key)
    if found:
        return found
    made = os.path.exists(key)
    cache.set_client(key=key, value=made)
    return made


async def looked_up_ok(cache):
    client(cache, "x")
