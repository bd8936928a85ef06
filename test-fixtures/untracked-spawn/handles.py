"""What becomes of handles: keys, sets, attributes, threads that are daemons, processes, pools."""

import asyncio
import contextvars
import dataclasses
import multiprocessing
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import Process
from threading import Thread


async def work():
    pass


def plain():
    pass


async def channel_does_not_keep_a_task_bad():
    """A queue tells the end, but the loop holds the task weakly."""
    results = asyncio.Queue()

    async def run():
        await results.put(1)

    asyncio.create_task(run())  #~ untracked-spawn: asyncio.create_task
    return await results.get()


async def ensured_task_ok():
    task = asyncio.create_task(work())
    asyncio.ensure_future(task)
    await task


async def ensured_task_of_a_parameter_ok(task: asyncio.Task):
    asyncio.ensure_future(task)


async def ensured_coroutine_bad():
    asyncio.ensure_future(work())  #~ untracked-spawn: asyncio.ensure_future


class Service:
    def __init__(self):
        self.tasks = set()
        self.names = {}
        self._t = None
        self._thread = None

    async def key_ok(self, name):
        task = asyncio.create_task(work())
        self.names[task] = name

    async def union_ok(self):
        task = asyncio.create_task(work())
        self.tasks = self.tasks | {task}

    async def union_in_place_ok(self):
        self.tasks |= {asyncio.create_task(work())}

    async def union_at_once_ok(self):
        self.tasks = self.tasks | {asyncio.create_task(work())}

    async def attribute_then_local_ok(self):
        self._t = task = asyncio.create_task(work())
        task.add_done_callback(print)

    async def local_then_attribute_ok(self):
        task = self._t = asyncio.create_task(work())
        task.add_done_callback(print)

    def thread_attribute_then_local_ok(self):
        self._thread = thread = Thread(target=plain)
        thread.start()

    def thread_local_then_attribute_ok(self):
        thread = self._thread = Thread(target=plain)
        thread.start()

    def thread_stored_after_the_start_ok(self):
        thread = Thread(target=plain)
        thread.start()
        self._thread = thread

    def thread_local_bad(self):
        first = thread = Thread(target=plain)
        thread.start()  #~ untracked-spawn: Thread.start
        del first


async def key_of_a_local_bad():
    names = {}
    task = asyncio.create_task(work())  #~ untracked-spawn: asyncio.create_task
    names[task] = "x"


async def union_of_a_local_bad():
    tasks = set()
    tasks = tasks | {asyncio.create_task(work())}  #~ untracked-spawn: asyncio.create_task


async def compared_only_bad(other):
    task = asyncio.create_task(work())  #~ untracked-spawn: asyncio.create_task
    return task == other


def daemon_true_ok():
    thread = Thread(target=plain, daemon=True)
    thread.start()


def daemon_attribute_ok():
    thread = threading.Thread(target=plain)
    thread.daemon = True
    thread.start()


def daemon_attribute_false_bad():
    thread = threading.Thread(target=plain)
    thread.daemon = False
    thread.start()  #~ untracked-spawn: Thread.start


def daemon_false_ok():
    """Written on purpose: the process is to wait for it."""
    Thread(target=plain, daemon=False).start()


def process_terminated_ok():
    process = Process(target=plain)
    process.start()
    process.terminate()


def process_joined_ok():
    process = multiprocessing.Process(target=plain)
    process.start()
    process.join()


def process_bad():
    process = Process(target=plain)
    process.start()  #~ untracked-spawn: Process.start


def process_daemon_ok():
    Process(target=plain, daemon=True).start()


def pool_entered_ok():
    with ThreadPoolExecutor() as executor:
        executor.submit(plain).add_done_callback(print)


def pool_shut_down_ok():
    executor = ThreadPoolExecutor()
    executor.submit(plain).add_done_callback(print)
    executor.shutdown()


def pool_of_somebody_bad(executor: ThreadPoolExecutor):
    executor.submit(plain)  #~ untracked-spawn: submit


def result_taken_ok(executor: ThreadPoolExecutor):
    return executor.submit(plain).result()


@dataclass
class State:
    name: str
    task: asyncio.Task | None = None


async def replaced_ok(state: State):
    return dataclasses.replace(state, task=asyncio.create_task(work()))


async def constructed_ok():
    return State("x", asyncio.create_task(work()))


async def replaced_and_dropped_ok(state: State):
    """Nothing is said of what goes into objects."""
    dataclasses.replace(state, task=asyncio.create_task(work()))


async def through_a_queue_ok(handles: queue.Queue):
    handles.put(asyncio.create_task(work()))


KEPT = set()


def started_in_a_context_ok(context: contextvars.Context, loop: asyncio.AbstractEventLoop, coro):
    task = context.run(loop.create_task, coro)
    KEPT.add(task)
    asyncio.ensure_future(task).add_done_callback(KEPT.discard)
    return task


def coroutine_in_a_context_bad(context: contextvars.Context):
    context.run(asyncio.ensure_future, asyncio.sleep(1))  #~ MISSED untracked-spawn: what a context calls makes no handle here
