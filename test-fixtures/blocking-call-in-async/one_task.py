#@ min-certainty: likely
"""Nothing else is on the loop of a script: at most possible."""

import asyncio
import time


async def main():
    time.sleep(1)


async def step_of_script():
    time.sleep(1)


async def script():
    await step_of_script()


if __name__ == "__main__":
    asyncio.run(main())
    asyncio.run(script())
