import time
from functools import partial

from app.running import (
    Runner,
    call,
    call_by_keyword,
    call_each,
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
    call_each([wait])  #~ MISSED blocking-call-in-async: functions in a collection are not followed into the callee


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
