#@ runs
import asyncio
import os
import shutil
from pathlib import Path


def load(path):
    return Path(path).read_text()


async def open_bad():
    with open("a.txt", "w") as file:
        file.write("x")  #~ file-access-in-async: writes a file


async def write_bad():
    Path("b.txt").write_text("x")  #~ file-access-in-async: write_text


async def helper_bad():
    return load(__file__)  #~ file-access-in-async: read_text


async def list_bad():
    return os.listdir(".")  #~ file-access-in-async: os.listdir


async def exists_bad():
    return Path("a.txt").exists()  #~ file-access-in-async: exists


async def tree_bad():
    await asyncio.to_thread(os.makedirs, "d/e")
    shutil.rmtree("d")  #~ file-access-in-async: shutil.rmtree


async def names_ok():
    return Path("a") / "b", os.path.join("a", "b"), Path("a.txt").suffix


async def thread_ok():
    return await asyncio.to_thread(load, __file__)
