from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, TypedDict

import requests


class Client:
    def load(self):
        return requests.get("x")


class Memory:
    def load(self):
        return None


@dataclass
class Plain:
    client: Client
    memory: Memory
    many: list[Client] = field(default_factory=list)
    shared: ClassVar[Client] = Client()
    made = field(default_factory=Client)

    def load(self):
        return self.client.load()


@dataclass(frozen=True, slots=True)
class Derived(Plain):
    client: Memory


@dataclass
class Eager:
    url: str

    def __post_init__(self):
        self.first = requests.get(self.url)


class Pair(NamedTuple):
    client: Client
    memory: Memory


class Options(TypedDict):
    client: Client
    memory: Memory
