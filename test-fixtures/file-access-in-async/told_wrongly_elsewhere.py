"""What users of other tools complain of: nothing of it touches a file on the loop. Beside it, what must still be told."""

import asyncio
import builtins
import io
import os
from pathlib import Path, PurePath

import anyio
import trio


async def names_only_ok(root: Path):
    os.path.abspath("a")
    os.path.expanduser("~/a")
    os.path.normpath("a/..")
    os.path.join("a", "b")
    root.absolute()
    root.expanduser()
    root.with_suffix(".txt").name
    PurePath("a").parent
    root / "a"


async def lazy_glob_ok(root: Path):
    return await asyncio.to_thread(list, root.glob("*.py"))


async def lazy_glob_in_a_lambda_ok(root: Path):
    return await asyncio.to_thread(lambda: [path.read_text() for path in root.rglob("*.py")])


async def glob_bad(root: Path):
    return list(root.glob("*.py"))  #~ file-access-in-async


async def async_paths_ok():
    await anyio.Path("a").read_text()
    await trio.Path("a").exists()
    async with await anyio.open_file("a") as file:
        await file.read()


async def in_memory_ok():
    with io.BytesIO(b"x") as file:
        return file.read()


async def built_in_open_bad():
    with builtins.open("a") as file:  #~ file-access-in-async
        return file.fileno()


async def on_a_worker_ok():
    return await asyncio.to_thread(Path("a").read_text)
