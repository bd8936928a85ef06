"""What the module defines after the star is meant."""

from app.helpers import *


def pause():
    return None


async def own_function_ok():
    pause()
