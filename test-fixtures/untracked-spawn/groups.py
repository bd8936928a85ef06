import anyio
import trio


async def work():
    pass


async def nursery_ok():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(work)


async def task_group_ok():
    async with anyio.create_task_group() as group:
        group.start_soon(work)


async def nursery_passed_ok(nursery: trio.Nursery):
    nursery.start_soon(work)
