"""What may be awaited elsewhere, runs already, or is no coroutine."""

import asyncio
import functools
import inspect
from typing import Any, Awaitable, Callable, Coroutine, Optional, Protocol, TypeVar, Union, overload

import pytest
import redis.asyncio

T = TypeVar("T")


async def fetch(key=None):
    await asyncio.sleep(0)
    return key


async def maybe_awaitable_ok(value):
    value = fetch() if value else value
    return await value if inspect.isawaitable(value) else value


def start_ok() -> Awaitable[Any]:
    return asyncio.ensure_future(fetch())


async def calls_annotated_ok():
    start_ok()


@overload
def get(rows: list, key: str) -> Optional[T]: ...
@overload
def get(rows: object, key: str) -> Coroutine[Any, Any, Optional[T]]: ...
def get(rows, key) -> Union[Optional[T], Coroutine[Any, Any, Optional[T]]]:
    return fetch(key) if rows is None else rows[0]


def overloaded_ok(rows):
    row = get(rows, "name")
    if row is None:
        raise KeyError
    get(rows, "other")
    return row


class Client:
    asynchronous = False

    def sync(self, function: Callable, *args):
        if self.asynchronous:
            return function(*args)
        return asyncio.run(function(*args))

    def close(self):
        if self.asynchronous:
            return self._close()
        asyncio.run(self._close())

    async def _close(self):
        await asyncio.sleep(0)

    def both_ok(self):
        self.sync(self._close)
        self.close()


def started(function):
    @functools.wraps(function)
    def wrapper(*args):
        return asyncio.create_task(function(*args))

    return wrapper


def run(function):
    @functools.wraps(function)
    def wrapper(*args):
        return asyncio.run(function(*args))

    return wrapper


def timed(function):
    @functools.wraps(function)
    async def wrapper(*args):
        return await function(*args)

    return wrapper


def passed_on(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@run
async def run_here():
    await asyncio.sleep(0)


@timed
async def timed_there():
    await asyncio.sleep(0)


@passed_on
async def passed_there():
    await asyncio.sleep(0)


def decorated_ok():
    run_here()


def decorated_bad():
    timed_there()  #~ unawaited-future: `timed_there` is never awaited


def decorated_and_passed_bad():
    passed_there()  #~ unawaited-future: `passed_there` is never awaited


class Worker(Protocol):
    def enqueue(self, job: Coroutine[Any, Any, None]) -> None: ...


def queued_ok(worker: Worker):
    worker.enqueue(fetch())


class Queue:
    def __init__(self, worker: Worker):
        self.worker = worker

    def put_ok(self, key):
        self.worker.enqueue(fetch(key))


@pytest.fixture
async def client():
    return await fetch()


async def with_fixture_ok(client):
    client.close()


def test_mocked_ok(mocker):
    service = mocker.AsyncMock()
    service.fetch()
    mocker.patch("module.fetch").assert_called_once()


async def handed_on_ok(handlers, callback):
    handlers.register(fetch())
    callback(fetch())
    handlers[0] = fetch()


async def raced_ok():
    job = asyncio.ensure_future(fetch())
    await asyncio.wait({job, asyncio.create_task(fetch())}, timeout=3)
    return job.result()


def unpacked_ok(runner):
    jobs = [fetch(1), fetch(2)]
    runner(*jobs)


async def tuple_unpacked_ok():
    jobs = (fetch(1), fetch(2))
    first, second = jobs
    await first
    await second


async def generator_expression_ok():
    await asyncio.gather(*(fetch(key) for key in range(3)))


async def popped_ok():
    jobs = [fetch(1), fetch(2)]
    while jobs:
        await jobs.pop()


async def caught_ok():
    try:
        job = fetch()
    finally:
        await job


async def nested_ok():
    job = fetch()

    async def inner():
        return await job

    return inner


def global_ok():
    global pending
    pending = fetch()


async def aliased_ok():
    job = fetch()
    other = job
    await other


async def conditional_ok(flag):
    job = flag and fetch()
    if job:
        await job


async def default_ok(job=None):
    job = job or fetch()
    return await job


@started
async def background():
    await asyncio.sleep(0)


async def starts_by_decorator_ok():
    await background()


async def starts_and_keeps_ok(tasks):
    tasks.append(background())


async def pipeline_ok(client: redis.asyncio.Redis):
    pipe = client.pipeline()
    pipe.set("key", 1)
    pipe.expire("key", 3)
    return await pipe.execute()


async def entered_pipeline_ok(client: redis.asyncio.Redis):
    async with client.pipeline(transaction=True) as pipe:
        pipe.incr("key")
        return await pipe.execute()


async def command_bad(client: redis.asyncio.Redis):
    client.set("key", 1)  #~ unawaited-future: redis.asyncio.Redis.set
