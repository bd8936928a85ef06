"""Handlers, constructors and lambdas start tasks too."""

import asyncio
import signal


async def stop():
    pass


def install_bad(loop: asyncio.AbstractEventLoop):
    loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.create_task(stop()))  #~ untracked-spawn


def lambda_that_returns_ok():
    return lambda: asyncio.create_task(stop())


class Session:
    def __init__(self):
        asyncio.ensure_future(self.run())  #~ untracked-spawn

    async def run(self):
        pass

    def on_data_bad(self, data):
        if data:
            asyncio.create_task(self.run())  #~ untracked-spawn

    def tuple_ok(self):
        self.pair = (asyncio.create_task(self.run()), 1)

    def default_ok(self, jobs: dict, key):
        return jobs.setdefault(key, asyncio.create_task(self.run()))

    async def shielded_ok(self):
        await asyncio.shield(asyncio.create_task(self.run()))

    async def conditional_ok(self, wanted):
        task = asyncio.create_task(self.run()) if wanted else None
        if task:
            await task

    async def waited_with_timeout_ok(self):
        await asyncio.wait_for(asyncio.create_task(self.run()), 3)

    async def gathered_in_place_ok(self):
        await asyncio.gather(*[asyncio.create_task(self.run()) for _ in range(3)])

    async def as_completed_ok(self):
        tasks = {asyncio.create_task(self.run()) for _ in range(3)}
        for done in asyncio.as_completed(tasks):
            await done
