from jobs.queue import Queue


async def dropped_bad(queue: Queue):
    queue.start()  #~ untracked-spawn


async def awaited_ok(queue: Queue):
    await queue.start()
