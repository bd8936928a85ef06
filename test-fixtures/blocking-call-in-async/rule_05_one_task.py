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


class Server:
    async def handle_bad(self):
        time.sleep(1)  #~ blocking-call-in-async: time.sleep

    async def serve(self):
        task = asyncio.create_task(self.handle_bad())
        await task


async def shared_with_a_server_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def handler():
    await shared_with_a_server_bad()
