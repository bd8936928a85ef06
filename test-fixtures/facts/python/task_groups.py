import asyncio


async def leaves(items):
    async with asyncio.TaskGroup() as group:
        for item in items:
            if item is None:
                return
            group.create_task(handle(item))


async def outlives():
    async with asyncio.TaskGroup() as group:
        with open("log") as log:
            group.create_task(write(log))
        async with connect() as connection:
            group.create_task(lambda: connection.send())


async def single(group):
    tasks = {group.create_task(handle(1)), *[group.create_task(handle(n)) for n in range(2)]}
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    return [task.result() for task in done]
