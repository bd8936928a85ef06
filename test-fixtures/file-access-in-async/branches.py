"""Modules that are imported late, and paths that may be something else."""

import os
from pathlib import Path
from typing import Union


async def union_bad(path: Union[str, Path]):
    return Path(path).exists()  #~ file-access-in-async


async def environment_ok():
    return os.environ.get("HOME"), os.getenv("A"), os.getpid(), os.cpu_count()


async def ternary_bad(name, cache: Path):
    path = cache / name if name else cache
    return path.is_dir()  #~ file-access-in-async


async def with_several_bad(one, two):
    with open(one) as source, open(two, "w") as target:
        target.write(source.name)  #~ file-access-in-async


async def dictionary_of_paths_bad(paths: dict[str, Path]):
    paths["a"].unlink()  #~ file-access-in-async


async def in_a_nested_function_ok(path: Path):
    def later():
        return path.read_text()

    return later


async def parts_ok(path: Path):
    return path.parts, str(path), path.is_absolute(), path.relative_to("/")
