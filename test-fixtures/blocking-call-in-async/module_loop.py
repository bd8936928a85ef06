"""Importing the module runs the loop: not only a script does."""

import asyncio
import time


async def main_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


asyncio.run(main_bad())
