"""What the star brings replaces what was defined above it."""


def pause():
    return None


from app.helpers import *


async def replaced_bad():
    pause()  #~ MISSED blocking-call-in-async: what a module defines itself is taken before what a star brings, wherever they stand
