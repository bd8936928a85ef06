"""Asynchronous files are the cure."""

import anyio
import trio
from anyio import Path as AsyncPath


async def anyio_ok(name):
    async with await anyio.open_file(name) as file:
        return await file.read()


async def anyio_path_ok(name):
    path = AsyncPath(name)
    return await path.read_text()


async def trio_path_ok(name):
    return await trio.Path(name).read_text()
