#@ min-certainty: possible
"""The same script, with what is possible shown."""

import asyncio
import time


async def main_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


if __name__ == "__main__":
    asyncio.run(main_bad())
