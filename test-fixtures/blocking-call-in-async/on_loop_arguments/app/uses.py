"""The callback is a root of its own: what it waits for is told in it, and once."""

import asyncio
import signal
import time
from functools import partial

from app.work import Timer, later, later_if_any, later_if_quick, later_twice, load, loop


def positional_bad():
    load()  #~ blocking-call-in-async: time.sleep


def keyword_bad():
    load()  #~ blocking-call-in-async: time.sleep


def partial_bad(key):
    load(key)  #~ blocking-call-in-async: time.sleep


def local_bad():
    load()  #~ blocking-call-in-async: time.sleep


def in_a_dict_bad():
    load()  #~ blocking-call-in-async: time.sleep


def in_a_list_bad():
    load()  #~ blocking-call-in-async: time.sleep


def spread_bad():
    load()  #~ blocking-call-in-async: time.sleep


def wrapped_bad():
    load()  #~ blocking-call-in-async: time.sleep


def wrapped_twice_bad():
    load()  #~ blocking-call-in-async: time.sleep


def wrapped_by_a_method_bad():
    load()  #~ blocking-call-in-async: time.sleep


def if_it_is_quick_ok():
    load()


def if_there_is_one_bad():
    load()  #~ blocking-call-in-async: time.sleep


def called_by_a_lambda():
    load()


def not_scheduled_ok():
    load()


class Listener:
    def __init__(self):
        self.loop = asyncio.get_event_loop()
        self.loop.call_soon(self.first_bad)

    def first_bad(self):
        load()  #~ blocking-call-in-async: time.sleep

    def second_bad(self):
        load()  #~ blocking-call-in-async: time.sleep

    def __call__(self):
        load()  #~ blocking-call-in-async: time.sleep

    @classmethod
    def third_bad(cls):
        load()  #~ blocking-call-in-async: time.sleep

    @staticmethod
    def fourth_bad():
        load()  #~ blocking-call-in-async: time.sleep

    async def schedules(self):
        self.loop.call_later(1, self.second_bad)


async def schedules_ok(name):
    running = asyncio.get_running_loop()
    running.call_soon(positional_bad)
    running.call_later(delay=1, callback=keyword_bad)
    running.call_soon(partial(partial_bad, "x"))
    callback = local_bad
    running.call_at(1, callback)
    running.call_soon({"a": in_a_dict_bad}[name])
    for callback in [in_a_list_bad]:
        running.call_soon(callback)
    running.call_soon(*(spread_bad,))
    later(wrapped_bad)
    later_twice(wrapped_twice_bad)
    await later_if_quick(if_it_is_quick_ok)
    later_if_any(if_there_is_one_bad)
    Timer(running).after(1, wrapped_by_a_method_bad)
    listener = Listener()
    running.call_soon(listener)
    running.call_soon(Listener.third_bad)
    running.call_soon(Listener.fourth_bad)


async def lambda_bad():
    asyncio.get_running_loop().call_soon(lambda: called_by_a_lambda())  #~ blocking-call-in-async: time.sleep


async def nested_function_bad():
    def callback():
        load()  #~ blocking-call-in-async: time.sleep

    asyncio.get_running_loop().call_soon(callback)


async def of_a_library_bad():
    asyncio.get_running_loop().call_soon(time.sleep, 1)  #~ blocking-call-in-async: time.sleep
    asyncio.get_running_loop().call_later(1, partial(time.sleep, 1))  #~ blocking-call-in-async: time.sleep


def of_the_module_bad():
    load()  #~ blocking-call-in-async: time.sleep


loop.call_soon(of_the_module_bad)


def from_another_thread_bad():
    load()  #~ blocking-call-in-async: time.sleep


def reader_bad():
    load()  #~ blocking-call-in-async: time.sleep


def writer_bad(writer):
    load()  #~ blocking-call-in-async: time.sleep


def on_signal_bad():
    load()  #~ blocking-call-in-async: time.sleep


def on_plain_signal_ok(number, frame):
    load()


def done_bad(task):
    load()  #~ blocking-call-in-async: time.sleep


def done_with_bad(key, task):
    load(key)  #~ blocking-call-in-async: time.sleep


def done_future_bad(future):
    load()  #~ blocking-call-in-async: time.sleep


def done_elsewhere_ok(future):
    load()


def exception_bad(loop, context):
    load()  #~ blocking-call-in-async: time.sleep


async def registers_ok(sock):
    running = asyncio.get_running_loop()
    running.call_soon_threadsafe(from_another_thread_bad)
    running.add_reader(sock, reader_bad)
    running.add_writer(sock, writer_bad, sock)
    running.add_signal_handler(signal.SIGTERM, on_signal_bad)
    signal.signal(signal.SIGTERM, on_plain_signal_ok)
    running.set_exception_handler(exception_bad)
    task = asyncio.create_task(asyncio.sleep(1))
    task.add_done_callback(done_bad)
    task.add_done_callback(partial(done_with_bad, "x"))
    await task
    future = running.create_future()
    future.add_done_callback(done_future_bad)
    job = running.run_in_executor(None, print)
    await job


def submits_ok(pool):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        pool.submit(print).add_done_callback(done_elsewhere_ok)


async def done_by_a_lambda_bad():
    task = asyncio.create_task(asyncio.sleep(1))
    task.add_done_callback(lambda _: load())  #~ blocking-call-in-async: time.sleep
    await task
