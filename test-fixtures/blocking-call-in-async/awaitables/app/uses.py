from app.calls import (
    AsyncCallable,
    Called,
    Request,
    Waiting,
    coroutine,
    declared,
    in_executor,
    plain_then_coroutine,
    task,
)


async def waits_before_it_gives_bad():
    await plain_then_coroutine()  #~ blocking-call-in-async: time.sleep


async def gives_at_once_ok():
    await coroutine()


async def declared_bad():
    await declared()  #~ blocking-call-in-async: time.sleep


async def task_bad():
    await task()  #~ blocking-call-in-async: time.sleep


async def offloaded_ok():
    await in_executor()


async def constructor_bad():
    await Request()  #~ blocking-call-in-async: time.sleep


async def await_method_bad():
    await Waiting()  #~ blocking-call-in-async: time.sleep


async def called_object_bad():
    called = Called()
    called()  #~ blocking-call-in-async: time.sleep


async def object_in_a_parameter_bad(called: Called):
    called()  #~ blocking-call-in-async: time.sleep


async def async_object_ok(called: AsyncCallable):
    await called()


async def object_made_ok():
    return Called()
