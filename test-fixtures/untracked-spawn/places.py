"""A task is tracked where its place outlives the function."""

import asyncio


class Service:
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.tasks = set()
        self.loop.create_task(self.run())  #~ untracked-spawn

    async def run(self):
        await asyncio.sleep(1)

    def on_event_bad(self):
        self.loop.create_task(self.run())  #~ untracked-spawn

    def field_ok(self):
        self.task = self.loop.create_task(self.run())

    def set_of_self_ok(self):
        self.tasks.add(asyncio.create_task(self.run()))

    def item_ok(self, key, jobs: dict):
        jobs[key] = asyncio.create_task(self.run())

    def start(self):
        return asyncio.create_task(self.run())

    async def wrapper_dropped_bad(self):
        self.start()  #~ untracked-spawn

    async def wrapper_awaited_ok(self):
        await self.start()

    async def wrapper_kept_ok(self):
        self.task = self.start()

    def keep(self, coroutine):
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def kept_by_the_wrapper_ok(self):
        self.keep(self.run())


def spawn(coroutine):
    return asyncio.ensure_future(coroutine)


async def through_a_function_bad(service: Service):
    spawn(service.run())  #~ untracked-spawn


async def through_a_function_ok(service: Service):
    await spawn(service.run())


async def closure_ok(service: Service, add_finalizer):
    task = asyncio.create_task(service.run())
    add_finalizer(lambda: task.cancel())
