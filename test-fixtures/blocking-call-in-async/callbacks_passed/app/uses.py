import time
from functools import partial

from app.running import (
    Runner,
    call,
    call_all,
    call_by_keyword,
    call_each,
    call_items,
    call_named,
    call_values,
    count,
    each_in_thread,
    forward,
    in_executor,
    in_thread,
    keep_name,
    maybe,
    run_here,
    run_through,
)


def wait():
    time.sleep(1)


class Service:
    def load(self):
        time.sleep(1)

    async def method_bad(self):
        call(self.load)  #~ blocking-call-in-async: time.sleep

    async def method_ok(self):
        await in_thread(self.load)


async def called_bad():
    call(wait)  #~ blocking-call-in-async: time.sleep


async def by_keyword_bad():
    call_by_keyword(action=wait)  #~ blocking-call-in-async: time.sleep


async def forwarded_bad():
    forward(wait)  #~ blocking-call-in-async: time.sleep


async def lambda_bad():
    call(lambda: wait())  #~ blocking-call-in-async: time.sleep


async def nested_function_bad():
    def work():
        wait()

    call(work)  #~ blocking-call-in-async: time.sleep


async def partial_bad():
    call(partial(wait))  #~ blocking-call-in-async: time.sleep


async def function_of_a_library_bad():
    call(time.sleep, 1)  #~ blocking-call-in-async: time.sleep


async def method_of_an_object_bad():
    Runner().run(wait)  #~ blocking-call-in-async: time.sleep


async def optional_bad():
    maybe(wait)  #~ blocking-call-in-async: time.sleep


async def called_by_an_async_function_bad():
    await run_here(wait)  #~ blocking-call-in-async: time.sleep


async def called_through_an_async_function_bad():
    await run_through(wait)  #~ blocking-call-in-async: time.sleep


async def each_of_a_list_bad():
    call_each([wait])  #~ blocking-call-in-async: time.sleep
    call_each((len, wait))  #~ blocking-call-in-async: time.sleep
    steps = [print, wait]
    call_each(steps)  #~ blocking-call-in-async: time.sleep


async def values_of_a_dict_bad():
    call_values({"a": wait})  #~ blocking-call-in-async: time.sleep
    call_items({"a": len, "b": wait})  #~ blocking-call-in-async: time.sleep
    call_named({"a": wait}, "a")  #~ blocking-call-in-async: time.sleep


async def rest_bad():
    call_all(wait)  #~ blocking-call-in-async: time.sleep
    call_all(print, wait)  #~ blocking-call-in-async: time.sleep
    call_all(*(print, wait))  #~ blocking-call-in-async: time.sleep


async def one_of_two_bad(slow):
    call(wait if slow else print)  #~ blocking-call-in-async: time.sleep


class Waiting:
    def __call__(self):
        wait()


async def callable_object_bad():
    call(Waiting())  #~ blocking-call-in-async: time.sleep


async def spread_bad():
    call(*(time.sleep, 1))  #~ blocking-call-in-async: time.sleep
    call_by_keyword(**{"action": wait})  #~ blocking-call-in-async: time.sleep


async def collections_ok():
    call_each([print, len])
    call_values({"a": len})
    await each_in_thread([wait, wait])
    await each_in_thread((wait,))
    call_each([])
    count([wait])


async def offloaded_ok():
    await in_thread(wait)
    await in_thread(partial(wait))
    await in_thread(time.sleep, 1)
    await in_executor(lambda: wait())
    await Runner().offload(wait)


async def only_named_ok():
    keep_name(wait)


async def absent_ok():
    maybe()


async def harmless_ok():
    call(print)
    call(lambda: None)
