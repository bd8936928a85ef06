#@ runs
import asyncio
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
