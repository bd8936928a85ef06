"""What users of other tools complain of: something keeps each of these. Beside it, what must still be told."""

import asyncio

import anyio


async def work():
    await asyncio.sleep(1)


async def group_ok():
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        task = group.create_task(work())
    return task.result()


async def anyio_group_ok():
    async with anyio.create_task_group() as group:
        group.start_soon(work)


class Hub:
    def __init__(self, loop):
        self.loop = loop
        self._tasks = set()

    def create_task(self, coroutine):
        task = self.loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def start(self, name):
        self.create_task(work())

    async def caller_of_a_registry_ok(self):
        self.create_task(work())
        self.start("x")


async def caller_of_another_registry_ok(hub: Hub):
    hub.create_task(work())


REGISTRY = {}


async def kept_by_the_module_ok(name):
    REGISTRY[name] = asyncio.create_task(work())


async def saved_and_awaited_later_ok():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    await task


async def given_to_gather_ok():
    tasks = [asyncio.create_task(work()) for _ in range(3)]
    await asyncio.gather(*tasks)


async def only_a_local_bad():
    task = asyncio.create_task(work())  #~ untracked-spawn
    return None


async def only_an_underscore_bad():
    _ = asyncio.create_task(work())  #~ untracked-spawn


async def only_a_local_set_bad():
    tasks = set()
    tasks.add(asyncio.create_task(work()))  #~ untracked-spawn
