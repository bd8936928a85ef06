"""The value of an async call is used before it is awaited."""

import asyncio
import json


async def ready():
    await asyncio.sleep(0)
    return True


async def fetch(key=None):
    await asyncio.sleep(0)
    return [key]


async def condition_bad():
    if ready():  #~ misused-coroutine: the coroutine of `ready` is tested, but never awaited
        return 1


async def negated_bad():
    if not ready():  #~ misused-coroutine: tested
        return 1


async def while_bad():
    while ready():  #~ misused-coroutine: tested
        await asyncio.sleep(1)


async def and_bad(flag):
    if flag and ready():  #~ misused-coroutine: tested
        return 1


async def asserted_bad():
    assert ready()  #~ misused-coroutine: tested


async def compared_bad():
    if fetch() == 2:  #~ misused-coroutine: compared
        return 1


async def walrus_bad():
    if (state := fetch()) == 2:  #~ misused-coroutine: compared
        return state == 3


async def none_bad():
    return fetch() is None  #~ misused-coroutine: compared


async def bound_bad():
    state = fetch()  #~ misused-coroutine: the coroutine of `fetch` is compared, but never awaited
    if state == 2:
        return 1


async def iterated_bad():
    for row in fetch():  #~ misused-coroutine: iterated
        print(row)


async def comprehension_bad():
    return [row for row in fetch()]  #~ misused-coroutine: iterated


async def computed_bad():
    return fetch() + [1]  #~ misused-coroutine: computed with


async def printed_bad():
    return f"{fetch()}"  #~ misused-coroutine: put into a text


async def attribute_bad():
    response = fetch()  #~ misused-coroutine: read from
    return response.status


async def method_bad():
    return fetch().copy()  #~ misused-coroutine: read from


async def indexed_bad():
    return fetch()[0]  #~ misused-coroutine: indexed


async def passed_bad():
    print(len(fetch()))  #~ misused-coroutine: passed on as a plain value


async def dumped_bad():
    return json.dumps(fetch())  #~ misused-coroutine: passed on as a plain value


def save(rows: list, name: str = ""):
    print(rows, name)


async def annotated_bad():
    save(fetch())  #~ misused-coroutine: passed on as a plain value


async def keyword_bad():
    save([], name=fetch())  #~ misused-coroutine: passed on as a plain value


async def entered_bad():
    async with fetch() as rows:  #~ misused-coroutine: entered
        print(rows)


async def waited_bad():
    await asyncio.wait([fetch(1), fetch(2)])  #~ misused-coroutine: waited for as if it ran
    #~^ misused-coroutine


async def waited_list_bad(keys):
    jobs = [fetch(key) for key in keys]  #~ misused-coroutine: waited for as if it ran
    await asyncio.wait(jobs)


async def tested_and_awaited_ok(flag):
    job = fetch() if flag else None
    if job:
        return await job


async def waited_tasks_ok(keys):
    return await asyncio.wait([asyncio.create_task(fetch(key)) for key in keys])


async def awaited_parts_ok():
    if await ready() and (await fetch())[0] == 2:
        return [row for row in await fetch()]


async def list_tested_ok(keys):
    jobs = [fetch(key) for key in keys]
    if jobs:
        await asyncio.gather(*jobs)


async def closed_ok():
    job = fetch()
    job.close()


async def asked_ok(value):
    value = fetch() if value else 3
    return await value if asyncio.iscoroutine(value) else value


def annotated_awaitable_ok(jobs: list):
    jobs.append(fetch())
    return jobs
