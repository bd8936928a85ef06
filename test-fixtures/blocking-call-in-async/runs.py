#@ runs
import asyncio
import contextlib
import functools
import socket
import sqlite3
import subprocess
import threading
import time


def pause():
    time.sleep(0.01)


class Store:
    def __init__(self):
        self.path = ":memory:"

    def rows(self):
        with sqlite3.connect(self.path) as connection:
            return connection.execute("select 1").fetchall()

    @property
    def first(self):
        return self.rows()[0]

    async def rows_bad(self):
        return self.rows()  #~ blocking-call-in-async: sqlite3

    async def property_bad(self):
        return self.first  #~ blocking-call-in-async: sqlite3

    async def thread_ok(self):
        return await asyncio.to_thread(self.rows)


async def sleep_bad():
    time.sleep(0.01)  #~ blocking-call-in-async: time.sleep


async def sleep_no_time_ok():
    await asyncio.sleep(0.01)


async def helper_bad():
    pause()  #~ blocking-call-in-async: time.sleep


async def process_bad():
    subprocess.run(["true"])  #~ blocking-call-in-async: subprocess.run


async def connect_bad():
    with socket.socket() as listener, socket.socket() as client:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        client.connect(listener.getsockname())  #~ blocking-call-in-async: connect


async def callback_ok():
    loop = asyncio.get_running_loop()
    loop.call_soon(int)
    await asyncio.sleep(0)


async def executor_ok():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, pause)
    await loop.run_in_executor(None, lambda: time.sleep(0.01))


async def thread_ok():
    thread = threading.Thread(target=pause, daemon=True)
    thread.start()
    await asyncio.sleep(0.02)


class Pausing:
    def __enter__(self):
        pause()
        return self

    def __exit__(self, *exception):
        return None

    def __iter__(self):
        return self

    def __next__(self):
        pause()
        raise StopIteration

    def __call__(self):
        pause()


def pauses():
    yield 1
    pause()


@contextlib.contextmanager
def paused():
    pause()
    yield


async def context_manager_bad():
    with Pausing():  #~ blocking-call-in-async: time.sleep
        pass


async def generated_context_manager_bad():
    with paused():  #~ blocking-call-in-async: time.sleep
        pass


async def iteration_bad():
    for item in Pausing():  #~ blocking-call-in-async: time.sleep
        print(item)


async def generator_bad():
    for item in pauses():  #~ blocking-call-in-async: time.sleep
        assert item


async def called_object_bad():
    Pausing()()  #~ blocking-call-in-async: time.sleep


async def callback_bad():
    list(map(lambda n: time.sleep(n), [0.01]))  #~ blocking-call-in-async: time.sleep


async def nested_function_bad():
    def wait():
        pause()

    wait()  #~ blocking-call-in-async: time.sleep


async def partial_bad():
    functools.partial(time.sleep, 0.01)()  #~ blocking-call-in-async: time.sleep


async def output_bad():
    return subprocess.check_output(["true"])  #~ blocking-call-in-async: subprocess.check_output


async def accept_bad():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            listener.accept()  #~ blocking-call-in-async: accept


async def generator_not_used_ok():
    return pauses()


async def asyncio_process_ok():
    process = await asyncio.create_subprocess_exec("true")
    return await process.wait()


async def never_called_ok():
    def wait():
        pause()

    return wait
