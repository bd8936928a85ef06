import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

pool = ThreadPoolExecutor(4)


def work():
    pass


async def coroutine():
    pass


def thread_bad():
    Thread(target=work).start()  #~ untracked-spawn


def thread_in_local_bad():
    thread = threading.Thread(target=work)
    thread.start()  #~ untracked-spawn


def daemon_ok():
    Thread(target=work, daemon=True).start()


def joined_ok():
    thread = Thread(target=work)
    thread.start()
    thread.join()


def kept_ok(self):
    self.thread = Thread(target=work)
    self.thread.start()


def pool_that_joins_ok():
    with ThreadPoolExecutor() as executor:
        executor.submit(work).add_done_callback(print)


def thread_safe_bad(loop):
    asyncio.run_coroutine_threadsafe(coroutine(), loop)  #~ untracked-spawn


def thread_safe_ok(loop):
    asyncio.run_coroutine_threadsafe(coroutine(), loop).result()


async def executor_bad():
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, work)  #~ untracked-spawn


async def executor_ok():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, work)


class Plain(Thread):
    def run(self):
        work()


class ByConstructor(Thread):
    def __init__(self, name):
        super().__init__(name=name, daemon=True)

    def run(self):
        work()


class ByAttribute(Thread):
    def __init__(self):
        super().__init__()
        self.daemon = True

    def run(self):
        work()


class ByClass(Thread):
    daemon = True

    def run(self):
        work()


class Inherited(ByAttribute):
    pass


def daemon_of_a_class_ok():
    Plain(daemon=True).start()
    ByConstructor("x").start()
    ByAttribute().start()
    ByClass().start()
    Inherited().start()
    thread = ByConstructor("y")
    thread.start()


def class_bad():
    Plain().start()  #~ untracked-spawn
    Plain(name="x").start()  #~ untracked-spawn
