"""`finally` runs also where its statement was left."""

from pathlib import Path


async def after_return_bad(data: bytes):
    path = None
    try:
        path = Path("x")
        return len(data)
    finally:
        if path and path.exists():  #~ file-access-in-async
            path.unlink()  #~ file-access-in-async


async def after_raise_in_an_arm_bad(data: bytes):
    path = None
    try:
        if data:
            path = Path("x")
            raise ValueError
    finally:
        if path:
            path.unlink()  #~ file-access-in-async


async def behind_the_statement_ok(data: bytes):
    path = None
    try:
        if data:
            path = Path("x")
            return
    finally:
        print(data)
    path.unlink()
