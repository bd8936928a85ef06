import glob
import os
import os.path
import pathlib
import shutil
import tempfile
import zipfile
from os.path import exists
from pathlib import Path


async def open_bad(name):
    open(name)  #~ file-access-in-async: open


async def open_in_with_bad(name):
    with open(name) as file:  #~ file-access-in-async: open
        return file.name


async def read_of_parameter_bad(file_name):
    with open(file_name) as file:
        return file.read()  #~ file-access-in-async


async def lines_bad(name):
    with open(name) as file:
        for line in file:  #~ file-access-in-async: io.TextIOWrapper` reads a file
            print(line)


async def generated_lines_bad(name):
    with open(name) as file:
        return [line for line in file]  #~ file-access-in-async


async def few_bytes_bad(file_name):
    with open(file_name) as file:  #~ file-access-in-async: open
        return file.read(16)  #~ file-access-in-async: reads from a file


async def exists_bad(name):
    return os.path.exists(name)  #~ file-access-in-async: os.path.exists


async def exists_imported_bad(name):
    return exists(name)  #~ file-access-in-async: os.path.exists


async def listdir_bad(name):
    return os.listdir(name)  #~ file-access-in-async: os.listdir


async def remove_bad(name):
    os.remove(name)  #~ file-access-in-async: os.remove


async def walk_bad(name):
    for _, _, files in os.walk(name):  #~ file-access-in-async
        print(files)


async def copy_tree_bad(source, target):
    shutil.copytree(source, target)  #~ file-access-in-async: shutil.copytree


async def temporary_bad():
    with tempfile.NamedTemporaryFile() as file:  #~ file-access-in-async
        return file.name


async def archive_bad(name):
    with zipfile.ZipFile(name) as archive:  #~ file-access-in-async
        return archive.namelist()


async def pathlib_bad(name):
    return Path(name).read_text()  #~ file-access-in-async


async def pathlib_qualified_bad(name):
    pathlib.Path(name).write_bytes(b"")  #~ file-access-in-async


async def unlink_bad(path: Path):
    path.unlink(missing_ok=True)  #~ file-access-in-async


async def home_bad():
    return (Path.home() / ".config" / "x.toml").exists()  #~ file-access-in-async


async def path_open_bad(path: Path):
    with path.open() as file:  #~ file-access-in-async
        return file.name


async def iterated_bad(path: Path):
    for child in path.iterdir():  #~ file-access-in-async
        print(child)


async def comprehension_bad(path: Path):
    return [child for child in path.rglob("*.py")]  #~ file-access-in-async


async def listed_bad(path: Path):
    return sorted(path.glob("*.py"))  #~ file-access-in-async


async def stat_bad(path: Path):
    return path.stat().st_size  #~ file-access-in-async


async def rename_bad(path: Path):
    path.rename(path.with_suffix(".bak"))  #~ file-access-in-async


async def names_only_ok(path: Path):
    return path.parent / path.name, path.suffix, path.with_suffix(".x"), path.joinpath("a")


async def no_file_is_touched_ok(name):
    return os.path.join(name, "a"), os.path.abspath(name), os.path.basename(name), os.path.expanduser(name)


async def absolute_ok(path: Path):
    return path.absolute()


async def glob_is_lazy_ok(path: Path):
    return path.glob("*.py")


async def unknown_open_ok(archive, name):
    archive.open(name)


async def own_open_ok():
    def open(name):
        return name

    return open("x")


def sync_ok(name):
    return open(name).read()
