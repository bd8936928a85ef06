"""Paths are followed through fields, properties, operators, constants and helpers."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent
CONFIG = ROOT / "config.toml"


async def constant_bad():
    return CONFIG.read_text()  #~ file-access-in-async


async def derived_bad():
    return (CONFIG.parent / "other.toml").is_file()  #~ file-access-in-async


class Base:
    def __init__(self, root: str | Path):
        self.root = Path(root)

    def file(self, name):
        return self.root / name


class Store(Base):
    @property
    def index(self):
        return self.root / "index.json"

    async def reset_bad(self):
        if self.index.exists():  #~ file-access-in-async
            self.index.unlink()  #~ file-access-in-async

    async def method_bad(self):
        return self.file("a").read_bytes()  #~ file-access-in-async

    async def name_ok(self):
        return self.index.name


@dataclass
class Settings:
    cache: Path
    name: str

    async def clear_bad(self):
        self.cache.unlink()  #~ file-access-in-async

    async def text_ok(self):
        return self.name.strip()


async def parameter_bad(settings: Settings):
    settings.cache.mkdir(parents=True)  #~ file-access-in-async


async def optional_bad(path: Path | None):
    if path is not None:
        return path.stat()  #~ file-access-in-async


async def narrowed_bad(source):
    if isinstance(source, Path):
        return source.read_text()  #~ file-access-in-async
    return source


async def local_bad(name):
    path = Path(name)
    path = path / "x"
    path.touch()  #~ file-access-in-async


async def elements_bad(paths: list[Path]):
    for path in paths:
        path.unlink()  #~ file-access-in-async


async def reassigned_ok(name):
    path = Path(name)
    path = str(path)
    return path.title()


async def string_methods_ok(path: str):
    return path.replace("a", "b")


async def in_thread_ok(path: Path):
    return await asyncio.to_thread(path.read_text)


async def lambda_in_executor_ok(path: Path):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, lambda: path.read_text())


def load(path: Path):
    with path.open() as file:
        return file.read()


async def through_a_helper_bad(path: Path):
    return load(path)  #~ file-access-in-async


async def helper_in_thread_ok(path: Path):
    return await asyncio.to_thread(load, path)


async def receiver_is_evaluated_here_bad(name):
    return await asyncio.to_thread(open(name).read)  #~ file-access-in-async
