import asyncio
from asyncio import create_task, ensure_future

_tasks = set()
_by_name = {}


async def work():
    await asyncio.sleep(1)


async def statement_bad():
    asyncio.create_task(work())  #~ untracked-spawn: asyncio.create_task


async def imported_bad():
    create_task(work())  #~ untracked-spawn: asyncio.create_task


async def ensure_future_bad():
    ensure_future(work())  #~ untracked-spawn: asyncio.ensure_future


async def underscore_bad():
    _ = asyncio.create_task(work())  #~ untracked-spawn


async def never_read_bad():
    task = asyncio.create_task(work())  #~ untracked-spawn


async def running_loop_bad():
    asyncio.get_running_loop().create_task(work())  #~ untracked-spawn


async def named_loop_bad():
    loop = asyncio.get_event_loop()
    loop.create_task(work())  #~ untracked-spawn


async def chained_bad():
    asyncio.create_task(work()).add_done_callback(print)  #~ untracked-spawn


async def comprehension_bad(jobs):
    [asyncio.create_task(job()) for job in jobs]  #~ untracked-spawn


async def local_set_bad():
    background = set()
    background.add(asyncio.create_task(work()))  #~ untracked-spawn


async def on_some_path_bad(flag):
    if flag:
        asyncio.create_task(work())  #~ untracked-spawn
    else:
        await work()


def callback_bad():
    asyncio.create_task(work())  #~ untracked-spawn


async def awaited_ok():
    await asyncio.create_task(work())


async def awaited_later_ok():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    await task


async def gathered_ok(jobs):
    tasks = [asyncio.create_task(job()) for job in jobs]
    await asyncio.gather(*tasks)


async def appended_ok(jobs):
    tasks = []
    for job in jobs:
        tasks.append(asyncio.create_task(job()))
    await asyncio.gather(*tasks)


async def returned_ok():
    return asyncio.create_task(work())


async def yielded_ok():
    yield asyncio.create_task(work())


async def module_set_ok():
    task = asyncio.create_task(work())
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def module_dictionary_ok(name):
    _by_name[name] = asyncio.create_task(work())


async def group_ok(jobs):
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(job())


async def handed_on_ok(registry):
    registry.register(asyncio.create_task(work()))


async def cancelled_and_awaited_ok():
    task = asyncio.create_task(work())
    try:
        await asyncio.sleep(1)
    finally:
        task.cancel()
        await task


async def global_ok():
    global keeper
    keeper = asyncio.create_task(work())


keeper = None
