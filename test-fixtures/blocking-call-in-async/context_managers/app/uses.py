import contextlib
from contextlib import AsyncExitStack, ExitStack

from app.scopes import Both, Quick, Service, SlowEnter, SlowExit, after, before, blocking_bad, quick


async def entered_bad():
    with SlowEnter():  #~ blocking-call-in-async: time.sleep
        pass


async def left_bad():
    with SlowExit():  #~ blocking-call-in-async: time.sleep
        pass


async def what_enter_gives_bad():
    with SlowExit() as inner:  #~ blocking-call-in-async: time.sleep
        inner.load()  #~ blocking-call-in-async: time.sleep


async def function_before_bad():
    with before():  #~ blocking-call-in-async: time.sleep
        pass


async def function_after_bad():
    with after():  #~ blocking-call-in-async: time.sleep
        pass


async def method_bad(service: Service):
    with service.scope():  #~ blocking-call-in-async: time.sleep
        pass


async def what_the_function_yields_bad():
    with quick() as inner:
        inner.load()  #~ blocking-call-in-async: time.sleep


async def second_of_two_bad():
    with Quick(), SlowEnter():  #~ blocking-call-in-async: time.sleep
        pass


async def bound_first_bad():
    scope = before()  #~ blocking-call-in-async: time.sleep
    with scope:
        pass


async def on_a_stack_bad():
    with ExitStack() as stack:
        stack.enter_context(SlowEnter())  #~ blocking-call-in-async: time.sleep


async def function_on_an_async_stack_bad():
    async with AsyncExitStack() as stack:
        stack.enter_context(before())  #~ blocking-call-in-async: time.sleep


async def what_a_stack_gives_bad():
    with contextlib.ExitStack() as stack:
        inner = stack.enter_context(quick())
        inner.load()  #~ blocking-call-in-async: time.sleep


async def quick_on_a_stack_ok():
    with ExitStack() as stack:
        stack.enter_context(Quick())
        stack.enter_context(quick())


async def async_form_ok():
    async with Both():
        pass


async def what_the_async_form_gives_bad():
    async with Both() as inner:
        inner.load()  #~ blocking-call-in-async: time.sleep


async def told_in_the_manager_ok():
    async with blocking_bad() as inner:
        inner.name()


async def quick_ok():
    with Quick(), quick() as inner:
        inner.name()


async def made_and_not_entered_ok():
    return before(), SlowEnter()
