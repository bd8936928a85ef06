from collections import defaultdict
from functools import wraps
from typing import Any, Callable, Coroutine, Generic, ParamSpec, TypeVar, Union

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


P = ParamSpec("P")
R = TypeVar("R")


async def aload():
    return None


def dispatched(plain: Callable[P, Coroutine[Any, Any, R]]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def decorate(function: Callable[P, R]) -> Callable[P, Union[R, Coroutine[Any, Any, R]]]:
        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> Union[R, Coroutine[Any, Any, R]]:
            chosen = function if kwargs.pop("sync", False) else plain
            return chosen(*args, **kwargs)

        return wrapper

    return decorate


@dispatched(aload)
def dispatching_load() -> list[Client]:
    requests.get("x")
    return []
