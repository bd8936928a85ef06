#@ runs
import asyncio
import io
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


class Store:
    def __init__(self):
        self.root = Path(".")

    @property
    def index(self):
        return self.root / "index.json"

    def load(self):
        return self.index.read_text()

    async def method_bad(self):
        await asyncio.to_thread(self.index.touch)
        return self.load()  #~ file-access-in-async: read_text

    async def property_bad(self):
        return self.index.exists()  #~ file-access-in-async: exists

    async def thread_ok(self):
        await asyncio.to_thread(self.index.touch)
        return await asyncio.to_thread(self.load)


async def make_directory_bad():
    os.mkdir("made")  #~ file-access-in-async: os.mkdir


async def stat_bad():
    return os.stat(__file__)  #~ file-access-in-async: os.stat


async def remove_bad():
    await asyncio.to_thread(Path("gone").touch)
    os.remove("gone")  #~ file-access-in-async: os.remove


async def rename_bad():
    await asyncio.to_thread(Path("old").touch)
    Path("old").rename("new")  #~ file-access-in-async: rename


async def iterdir_bad():
    return [path for path in Path(".").iterdir()]  #~ file-access-in-async: iterdir


async def copy_bad():
    shutil.copy(__file__, "copy.py")  #~ file-access-in-async: shutil.copy


async def in_memory_ok():
    buffer = io.StringIO("a")
    return buffer.read()


async def executor_ok():
    return await asyncio.get_running_loop().run_in_executor(None, load, __file__)
