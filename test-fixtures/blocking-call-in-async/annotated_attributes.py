"""An annotation that names no type leaves what is written to say it."""

from typing import Any, Final

import requests


class Client:
    def load(self):
        return requests.get("/")


class Memory:
    def load(self):
        return None


class Holder:
    one: Final = Client()

    def __init__(self, client: Client | None = None):
        self.two: Final = Client()
        self.given: Final = client or Client()
        self.any: Any = Client()
        self.typed: Final[Client] = Client()
        self.quiet: Final = Memory()
        self.nothing: Final = None
        self.memory: Memory = make()

    async def written_bad(self):
        self.one.load()  #~ blocking-call-in-async: requests.get
        self.two.load()  #~ blocking-call-in-async: requests.get
        self.given.load()  #~ blocking-call-in-async: requests.get
        self.any.load()  #~ blocking-call-in-async: requests.get
        self.typed.load()  #~ blocking-call-in-async: requests.get

    async def harmless_ok(self):
        self.quiet.load()
        self.nothing.load()
        self.memory.load()


def make() -> Any:
    return Client()
