"""Names that two branches define, and code that runs at other times."""

import io
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import Session

try:
    from fast import nap
except ImportError:
    from time import sleep as nap

if sys.platform == "win32":

    def pause():
        time.sleep(1)

else:

    def pause():
        return None


async def annotated_only_bad(session: "Session"):
    session.get("/")  #~ blocking-call-in-async


async def one_of_two_imports_bad():
    nap(1)  #~ blocking-call-in-async


async def one_of_two_definitions_bad():
    pause()  #~ blocking-call-in-async


async def in_memory_ok():
    buffer = io.BytesIO()
    buffer.write(b"x")
    return buffer.getvalue()
