"""What lies in memory is no file."""

import io
import zipfile
from io import BytesIO, StringIO


async def buffer_ok(data: bytes):
    buffer = BytesIO(data)
    buffer.seek(0)
    return buffer.read()


async def text_buffer_ok():
    buffer = StringIO()
    buffer.write("x")
    return buffer.getvalue()


async def archive_in_memory_ok(data: bytes):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()
