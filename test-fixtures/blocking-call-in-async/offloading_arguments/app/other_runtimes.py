"""The same through other runtimes, frameworks, threads and processes."""

import asyncio
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import anyio
import anyio.to_process
import trio
from anyio import to_thread
from asgiref.sync import sync_to_async
from app.work import Store, load, store
from fastapi.concurrency import run_in_threadpool as in_pool_of_fastapi
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool


async def anyio_ok():
    await anyio.to_thread.run_sync(load)
    await to_thread.run_sync(partial(load, "x"), abandon_on_cancel=True)
    await anyio.to_thread.run_sync(lambda: store.load())
    await anyio.to_process.run_sync(load, "x")


async def trio_ok():
    await trio.to_thread.run_sync(load)
    await trio.to_thread.run_sync(lambda: load("x"))


async def starlette_ok():
    await run_in_threadpool(load, "x")
    await run_in_threadpool(func=store.load)
    await in_pool_of_fastapi(lambda: load())


def rows():
    load()
    yield 1


async def iterated_in_threads_ok():
    async for row in iterate_in_threadpool(rows()):
        print(row)


async def iterated_here_bad():
    for row in rows():  #~ blocking-call-in-async: time.sleep
        print(row)


async def asgiref_ok():
    await sync_to_async(load)("x")
    await sync_to_async(load, thread_sensitive=False)()
    await sync_to_async(store.load)()
    await sync_to_async(lambda: load())()
    read = sync_to_async(load)
    await read("x")


@sync_to_async
def in_a_thread():
    load()


@sync_to_async(thread_sensitive=False)
def in_another_thread():
    load()


aload = sync_to_async(load)


async def asgiref_decorated_ok():
    await in_a_thread()
    await in_another_thread()
    await aload("x")


async def asgiref_called_here_bad():
    await sync_to_async(load())()  #~ blocking-call-in-async: time.sleep


async def process_pool_ok():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(2) as pool:
        await loop.run_in_executor(pool, load)
        await loop.run_in_executor(pool, partial(load, "x"))


class Worker(threading.Thread):
    def run(self):
        load()

    def also(self):
        load()


class Job(multiprocessing.Process):
    def run(self):
        load()


class LongWorker(Worker):
    def run(self):
        super().run()


async def thread_class_ok():
    worker = Worker(daemon=True)
    worker.start()
    LongWorker(daemon=True).start()


async def process_class_bad():
    job = Job(daemon=True)
    job.start()  #~ blocking-call-in-async: starts a process


async def thread_run_by_hand_bad():
    Worker().run()  #~ blocking-call-in-async: time.sleep


async def thread_asked_here_bad():
    Worker().also()  #~ blocking-call-in-async: time.sleep


async def threads_ok():
    threading.Thread(None, load, daemon=True).start()
    threading.Thread(target=lambda: load(), daemon=True).start()
    threading.Thread(target=partial(load, "x"), daemon=True).start()
    threading.Thread(target=store.load, args=("x",), daemon=True).start()
    thread = threading.Thread(target=Store().load, daemon=True)
    thread.start()
    timer = threading.Timer(1, load)
    timer.daemon = True
    timer.start()
    timer.join(0)


async def process_bad():
    process = multiprocessing.Process(target=load, daemon=True)
    process.start()  #~ blocking-call-in-async: starts a process


class Decorated:
    @sync_to_async
    def load(self):
        load()

    async def own_ok(self):
        await self.load()

    @staticmethod
    @sync_to_async
    def static():
        load()

    async def own_static_ok(self):
        await self.static()
