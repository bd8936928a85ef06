from typing import Literal, Union, overload

import requests


class Sync:
    def load(self):
        return requests.get("x")


class Async:
    async def load(self):
        return None


@overload
def client(is_async: Literal[True]) -> Async: ...
@overload
def client(is_async: Literal[False] = ...) -> Sync: ...
def client(is_async: bool = False) -> Union[Sync, Async]:
    return Async() if is_async else Sync()


@overload
def named(kind: Literal["sync"]) -> Sync: ...
@overload
def named(kind: Literal["async"]) -> Async: ...
def named(kind):
    if kind == "sync":
        return Sync()
    return Async()
