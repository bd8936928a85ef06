from abc import ABC, abstractmethod
from typing import Protocol


class Store(Protocol):
    def read(self) -> str: ...


class Sink(Protocol):
    async def write(self) -> None: ...


class Backend(ABC):
    @abstractmethod
    def load(self):
        raise NotImplementedError

    @abstractmethod
    async def save(self): ...

    def reload(self):
        self.load()

    def name(self):
        return "backend"


class Several(ABC):
    @abstractmethod
    def run(self): ...


class Nobody(ABC):
    @abstractmethod
    def run(self): ...
