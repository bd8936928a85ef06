import asyncio
from asyncio import sleep


async def fetch(key=None):
    await asyncio.sleep(0)
    return key


async def statement_bad():
    fetch()  #~ unawaited-future: `fetch` is never awaited: its coroutine is dropped at once


async def library_bad():
    asyncio.sleep(1)  #~ unawaited-future: `asyncio.sleep` is never awaited


async def imported_bad():
    sleep(1)  #~ unawaited-future: asyncio.sleep


async def gather_bad():
    asyncio.gather(fetch(), fetch())  #~ unawaited-future: asyncio.gather


async def wait_for_bad():
    asyncio.wait_for(fetch(), 3)  #~ unawaited-future: asyncio.wait_for


async def to_thread_bad(path):
    asyncio.to_thread(print, path)  #~ unawaited-future: asyncio.to_thread


async def never_read_bad():
    result = fetch()  #~ unawaited-future: its coroutine is never read


async def underscore_bad():
    _ = fetch()  #~ unawaited-future: never read


async def walrus_bad():
    (result := fetch())  #~ unawaited-future


async def in_list_bad(keys):
    jobs = [fetch(key) for key in keys]  #~ unawaited-future


async def appended_bad(keys):
    jobs = []
    for key in keys:
        jobs.append(fetch(key))  #~ unawaited-future: ends with this function


async def in_dict_bad(keys):
    jobs = {}
    for key in keys:
        jobs[key] = fetch(key)  #~ unawaited-future


async def in_tuple_bad():
    fetch(1), fetch(2)  #~ unawaited-future
    #~^ unawaited-future


async def on_one_path_bad(flag):
    if flag:
        await fetch()
    else:
        fetch()  #~ unawaited-future


async def ternary_bad(flag):
    fetch(1) if flag else None  #~ unawaited-future


async def short_circuit_bad(flag):
    flag and fetch(1)  #~ unawaited-future


def from_sync_bad():
    fetch()  #~ unawaited-future: `fetch` is never awaited


def lambda_bad(loop: asyncio.AbstractEventLoop):
    loop.call_soon(lambda: fetch())  #~ unawaited-future: the callback gives its coroutine to nobody


def signal_lambda_bad(loop: asyncio.AbstractEventLoop):
    loop.add_signal_handler(15, lambda: fetch())  #~ unawaited-future


async def lambda_called_here_bad():
    start = lambda: fetch()
    start()  #~ unawaited-future


async def nested_bad():
    async def inner():
        return 1

    inner()  #~ unawaited-future: `nested_bad.inner`


async def shield_bad():
    asyncio.shield(fetch())  #~ unawaited-future: asyncio.shield


async def deleted_bad():
    job = fetch()  #~ unawaited-future
    del job


async def generator_closed_bad(agen):
    event = asyncio.Event()
    event.wait()  #~ unawaited-future: asyncio.Event.wait


async def put_bad(item):
    queue = asyncio.Queue()
    queue.put(item)  #~ unawaited-future: asyncio.Queue.put
    queue.put_nowait(item)


async def awaited_ok():
    await fetch()


async def awaited_later_ok():
    job = fetch()
    await asyncio.sleep(0)
    return await job


async def rewritten_ok():
    result = fetch()
    result = await result
    return result


async def maybe_ok(flag):
    job = fetch() if flag else None
    if job is not None:
        await job


async def chosen_ok(flag):
    await (fetch(1) if flag else fetch(2))


async def gathered_ok(keys):
    jobs = [fetch(key) for key in keys]
    return await asyncio.gather(*jobs)


async def looped_ok(keys):
    jobs = [fetch(key) for key in keys]
    for job in jobs:
        await job


async def pairs_ok():
    first, second = fetch(1), fetch(2)
    await second
    await first


async def tasks_ok():
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch())


async def returned_ok():
    return fetch()


async def wrapped_ok():
    await asyncio.wait_for(asyncio.shield(fetch()), 3)


async def yielded_ok():
    yield fetch()


def run_ok():
    asyncio.run(fetch())


def loop_ok():
    asyncio.new_event_loop().run_until_complete(fetch())


def module_task_ok():
    return asyncio.ensure_future(fetch())


def given_on_ok(start):
    start(fetch())


class Holder:
    def stored_ok(self):
        self.job = fetch()

    def in_place_ok(self):
        self.jobs.append(fetch())


async def closed_ok():
    job = fetch()
    job.close()


def lambda_returned_ok():
    return lambda: fetch()


def lambda_started(loop: asyncio.AbstractEventLoop):
    loop.call_soon(lambda: loop.create_task(fetch()).add_done_callback(print))  #~ untracked-spawn


async def generator_ok():
    async def numbers():
        yield 1

    numbers()


async def gathered_callback_ok():
    asyncio.gather(fetch()).add_done_callback(print)
