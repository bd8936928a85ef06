"""A file that is handed to an awaited function is known to its caller alone."""

import tempfile
from typing import IO


async def write(chunks, file: IO[bytes]) -> bool:
    async for chunk in chunks:
        file.write(chunk)
    return True


async def download_bad(chunks):
    with tempfile.TemporaryFile() as file:  #~ file-access-in-async: tempfile.TemporaryFile
        await write(chunks, file)  #~ MISSED file-access-in-async: what an awaited callee writes to its parameter is not told here
