import bz2
import dbm
import fcntl
import gzip
import hashlib
import importlib.metadata
import importlib.resources
import io
import lzma
import shelve
import tarfile
import zipfile


async def version_bad():
    return importlib.metadata.version("idna")  #~ file-access-in-async: importlib.metadata.version


async def resource_bad(package):
    return importlib.resources.read_text(package, "words.txt")  #~ file-access-in-async: importlib.resources.read_text


async def digest_bad(file):
    return hashlib.file_digest(file, "sha256")  #~ file-access-in-async: hashlib.file_digest


async def gzip_bad(path):
    with gzip.GzipFile(path) as file:  #~ file-access-in-async: gzip.GzipFile
        return file.read()  #~ file-access-in-async: read


async def gzip_of_memory_ok(data):
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        return file.read()


async def bz2_bad(path):
    return bz2.open(path)  #~ file-access-in-async: bz2.open


async def lzma_bad(path):
    with lzma.LZMAFile(path) as file:  #~ file-access-in-async: lzma.LZMAFile
        return file.read()  #~ file-access-in-async: read


async def archive_bad(path):
    with zipfile.ZipFile(path) as archive:  #~ file-access-in-async: zipfile.ZipFile
        return archive.read("a")  #~ file-access-in-async: read


async def archive_of_memory_ok(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("a")


async def tape_bad(path):
    archive = tarfile.open(path)  #~ file-access-in-async: tarfile.open
    with archive:
        archive.extractall()  #~ file-access-in-async: extractall


async def database_bad(path):
    return dbm.open(path), shelve.open(path)  #~ file-access-in-async: dbm.open
    #~^ file-access-in-async: shelve.open


async def lock_bad(file):
    fcntl.flock(file, fcntl.LOCK_EX)  #~ file-access-in-async: waits for a file lock
