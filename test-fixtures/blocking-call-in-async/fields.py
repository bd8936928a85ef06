"""What an object was made without decides a branch that asks for it."""

import dataclasses
import time
from typing import Sequence

import requests


class Remote:
    def load(self, key):
        return requests.get(key)


class Cache:
    def __init__(self, limit=10, remote: Remote | None = None, debug=False):
        self.limit = limit
        self.remote = remote
        self.debug = debug
        self.opened = False

    def attach(self, remote):
        self.remote = remote

    def open(self):
        self.opened = True

    def load(self, key):
        if self.remote is not None:
            return self.remote.load(key)
        return None

    def trace(self, key):
        self.note(key)

    def note(self, key):
        if self.debug:
            requests.post(key)

    def flush(self):
        if self.opened:
            time.sleep(1)


class Small(Cache):
    def load(self, key):
        return super().load(key)


async def made_without_ok():
    Cache().load("x")
    Cache(5).load("x")
    Cache(remote=None).load("x")


async def made_with_bad():
    Cache(remote=Remote()).load("x")  #~ blocking-call-in-async: requests.get


async def made_elsewhere_bad(cache: Cache):
    cache.load("x")  #~ blocking-call-in-async: requests.get


async def not_asked_for_ok():
    Cache(remote=Remote()).trace("x")


async def asked_for_bad():
    Cache(debug=True).trace("x")  #~ blocking-call-in-async: requests.post


async def passed_on_ok():
    read_through(Cache())


async def passed_on_bad():
    read_through(Cache(1, Remote()))  #~ blocking-call-in-async: requests.get


def read_through(cache: Cache):
    return cache.load("x")


class Reader:
    shared = Cache()

    def __init__(self, cache: Cache):
        self.cache = cache
        self.own = Cache(debug=True)

    async def given_bad(self):
        self.cache.load("x")  #~ blocking-call-in-async: requests.get

    async def own_bad(self):
        self.own.trace("x")  #~ blocking-call-in-async: requests.post

    async def opened_since_bad(self):
        self.own.flush()  #~ blocking-call-in-async: time.sleep


@dataclasses.dataclass
class Changes:
    add: Sequence[str] = ()
    wait: bool = False
    name: str = ""


def apply(changes: Changes):
    for key in changes.add:
        requests.get(key)
    if changes.wait:
        time.sleep(1)


async def nothing_to_add_ok():
    apply(Changes())
    apply(Changes(name="x"))


async def something_to_add_bad(keys):
    apply(Changes(add=keys))  #~ blocking-call-in-async: requests.get


async def wait_bad():
    apply(Changes(wait=True))  #~ blocking-call-in-async: time.sleep


async def changes_given_bad(changes: Changes):
    apply(changes)  #~ blocking-call-in-async: requests.get


class Prompts:
    def __init__(self, folder=None, name=None):
        self.folder = requests.utils.quote(folder) if folder else None
        self.name = name
        if self.folder:
            self.reply = requests.get(self.folder)
        if self.name is not None:
            time.sleep(1)


async def no_folder_ok():
    Prompts()


async def folder_bad():
    Prompts("x")  #~ blocking-call-in-async: requests.get


async def name_bad():
    Prompts(name="x")  #~ blocking-call-in-async: time.sleep
