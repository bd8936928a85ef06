#@ min-certainty: certain
"""What is entered may be one of two: that it waits is not certain."""

import contextlib
import tempfile


def folder(path):
    return contextlib.nullcontext(path) if path else tempfile.TemporaryDirectory()


async def either_ok(path):
    with folder(path) as entered:
        return entered


async def temporary_bad():
    with tempfile.TemporaryDirectory() as entered:  #~ file-access-in-async
        return entered
