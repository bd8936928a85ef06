from collections import defaultdict
from typing import Generic, TypeVar

import requests

T = TypeVar("T")


class Client:
    def load(self):
        return requests.get("x")


class Memory:
    def load(self):
        return None


class Pool(Generic[T]):
    def __init__(self, items: list[T]):
        self.items = items

    def take(self) -> T:
        return self.items.pop()

    def all(self) -> list[T]:
        return self.items


class Repository(Generic[T]):
    item: T

    def get(self) -> T:
        return self.item


class Clients(Repository[Client]):
    pass


class Memories(Repository[Memory]):
    pass


class Late(Repository[T]):
    pass


class LateClients(Late[Client]):
    pass


class Box(Generic[T]):
    def __init__(self, value: T):
        self.value = value


C = TypeVar("C", bound=Client)


def made(kind: type[T]) -> T:
    return kind()


def first(items: list[T]) -> T:
    return items[0]


def by_name() -> dict[str, Client]:
    return {}


class Registry:
    def __init__(self):
        self.clients = defaultdict(Client)
