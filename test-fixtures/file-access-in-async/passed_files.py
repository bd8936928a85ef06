"""What reads from an argument waits if that is a file, and not if it lies in memory."""

import io
import json
import pickle
import tomllib
from pathlib import Path
from typing import IO, BinaryIO


async def parsed_bad(path: Path):
    with path.open() as file:
        return json.load(file)  #~ file-access-in-async: json.load


async def by_keyword_bad(path):
    with open(path, "rb") as file:
        return tomllib.load(fp=file)  #~ file-access-in-async


async def pickled_bad(path, value):
    with open(path, "wb") as file:
        pickle.dump(value, file)  #~ file-access-in-async


async def in_memory_ok(data: bytes):
    return pickle.load(io.BytesIO(data))


async def unknown_ok(response):
    return json.load(response)


async def text_ok(text):
    return json.loads(text)


def parse(file):
    return json.load(file)


def whole(file: IO[bytes]) -> bytes:
    return file.read()


def handed_on(file: BinaryIO) -> bytes:
    return whole(file)


class Upload:
    def __init__(self, file: IO[bytes]):
        self.content = whole(file)


async def parsed_by_helper_bad(path):
    with open(path) as file:
        return parse(file)  #~ file-access-in-async


async def read_by_helper_bad(path: Path):
    with path.open("rb") as file:
        return whole(file)  #~ file-access-in-async


async def handed_on_bad(path: Path):
    with path.open("rb") as file:
        return handed_on(file)  #~ file-access-in-async


async def constructed_bad(path: Path):
    with path.open("rb") as file:
        return Upload(file)  #~ file-access-in-async


async def constructed_in_memory_ok(data: bytes):
    return Upload(io.BytesIO(data))


async def handed_on_in_memory_ok(data: bytes):
    return handed_on(io.BytesIO(data)), parse(io.StringIO("1"))
