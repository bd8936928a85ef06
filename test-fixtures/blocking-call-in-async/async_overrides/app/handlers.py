import asyncio
import time

from app.base import Handler


class AsyncHandler(Handler):
    async def get(self):
        await asyncio.sleep(1)

    async def own_get_ok(self):
        await self.get()

    async def inherited_post_bad(self):
        self.post()  #~ blocking-call-in-async: time.sleep

    async def run_calls_the_override_ok(self):
        await self.run()

    def prepare(self):
        time.sleep(1)


class Unrelated(Handler):
    pass


async def base_or_override_bad(handler: Handler):
    handler.get()  #~ blocking-call-in-async: time.sleep


async def awaited_so_the_override_ok(handler: Handler):
    await handler.get()


async def awaited_override_ok(handler: AsyncHandler):
    await handler.get()


async def only_an_override_waits_bad(handler: AsyncHandler):
    handler.prepare()  #~ blocking-call-in-async: time.sleep


async def override_of_another_class_ok(handler: Unrelated):
    handler.prepare()
