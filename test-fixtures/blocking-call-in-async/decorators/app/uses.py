import time

from app.wrapping import (
    Counted,
    InThread,
    both,
    logged,
    logged_as,
    logged_optionally,
    memoised,
    offloaded,
    offloaded_on,
    registered,
    replaced,
    through_another,
    timed,
)
from somewhere import retry


@offloaded
def in_a_thread():
    time.sleep(1)


@offloaded_on(None)
def in_an_executor():
    time.sleep(1)


@logged
def with_log():
    time.sleep(1)


@logged_as("x")
def with_named_log():
    time.sleep(1)


@logged_optionally
def with_optional_log():
    time.sleep(1)


@logged_optionally(name="x")
def with_optional_named_log():
    time.sleep(1)


@both
def plain():
    time.sleep(1)


@both
async def not_plain_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


@registered
def in_a_registry():
    time.sleep(1)


@replaced
def never_called():
    time.sleep(1)


@memoised
def remembered(key):
    time.sleep(1)


@Counted
def counted():
    time.sleep(1)


@InThread
def in_thread_by_class():
    time.sleep(1)


@retry(times=3)
def retried():
    time.sleep(1)


@logged
@offloaded
def twice():
    time.sleep(1)


@through_another
def given_by_another():
    return None


@timed
async def timed_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


class Service:
    @offloaded
    def load(self):
        time.sleep(1)

    @logged
    def save(self):
        time.sleep(1)

    async def own_method_ok(self):
        await self.load()

    async def own_method_bad(self):
        self.save()  #~ blocking-call-in-async: time.sleep


async def offloaded_ok():
    await in_a_thread()
    await in_an_executor()
    await twice()


async def offloaded_by_a_class_ok():
    await in_thread_by_class()


async def logged_bad():
    with_log()  #~ blocking-call-in-async: time.sleep


async def logged_by_a_factory_bad():
    with_named_log()  #~ blocking-call-in-async: time.sleep


async def with_or_without_parentheses_bad():
    with_optional_log()  #~ blocking-call-in-async: time.sleep
    with_optional_named_log()  #~ blocking-call-in-async: time.sleep


async def wrapper_for_plain_ones_bad():
    plain()  #~ blocking-call-in-async: time.sleep


async def transparent_bad():
    in_a_registry()  #~ blocking-call-in-async: time.sleep


async def replaced_ok():
    never_called()


async def remembered_bad():
    remembered("x")  #~ blocking-call-in-async: time.sleep


async def object_in_its_place_bad():
    counted()  #~ blocking-call-in-async: time.sleep


async def unresolved_bad():
    retried()  #~ blocking-call-in-async: time.sleep


async def awaited_ok():
    await not_plain_bad()
    await timed_bad()


async def decorated_through_another_ok():
    given_by_another()
