"""A local that only one branch gives a value that passes a test: behind the test, that branch was run."""

import time

import requests


def instance(value, path=None):
    file = None
    if path is not None:
        file = path + value
    if file is not None and requests.head(file):
        return file
    return None


def through(value, path=None):
    return instance(value=value, path=path)


async def no_path_ok():
    instance("x")
    through("x")


async def path_bad():
    through("x", path="y")  #~ blocking-call-in-async: requests.head


def either(value, path=None, other=None):
    file = None
    if path is not None:
        file = path + value
    elif other is not None:
        file = other + value
    if file is not None:
        requests.head(file)


async def one_of_two_bad():
    either("x", other="y")  #~ blocking-call-in-async: requests.head


def chosen(slow=False):
    how = "slowly" if slow else None
    if how:
        time.sleep(1)


async def chosen_default_ok():
    chosen()


async def chosen_bad():
    chosen(True)  #~ blocking-call-in-async: time.sleep


def not_chosen(fast=True):
    how = None if fast else "slowly"
    if how is not None:
        time.sleep(1)


async def not_chosen_default_ok():
    not_chosen()


async def not_chosen_bad():
    not_chosen(False)  #~ blocking-call-in-async: time.sleep


def told_or_not(text=None):
    wait = text or None
    if wait:
        time.sleep(1)


async def nothing_told_ok():
    told_or_not()


async def told_bad():
    told_or_not("x")  #~ blocking-call-in-async: time.sleep


def made_anyway(text=None):
    wait = text or make()
    if wait:
        time.sleep(1)


def make():
    return object()


async def made_bad():
    made_anyway()  #~ blocking-call-in-async: time.sleep


def outer(slow=False):
    def inner(fast=False):
        if slow:
            time.sleep(1)

    return inner


async def of_the_function_around_bad():
    outer(True)(fast=False)  #~ blocking-call-in-async: time.sleep


def unpacked(pair=None):
    first, second = pair or (None, None)
    if not second:
        time.sleep(1)


async def part_bad(pair):
    unpacked(pair)  #~ blocking-call-in-async: time.sleep


def for_each(keys=()):
    for key in keys:
        requests.get(key)


async def no_keys_ok():
    for_each()
    for_each([])


async def keys_bad(keys):
    for_each(["x"])  #~ blocking-call-in-async: requests.get
    for_each(keys)  #~ blocking-call-in-async: requests.get


def filled_later():
    keys = []
    keys.append("x")
    for_each(keys)


async def filled_bad():
    filled_later()  #~ blocking-call-in-async: requests.get


def routed(callback):
    if not isinstance(callback, str):
        add(callback)


def add(callback):
    if isinstance(callback, str):
        time.sleep(1)


async def no_text_reaches_it_ok(callback):
    routed(callback)


async def any_reaches_it_bad(callback):
    add(callback)  #~ blocking-call-in-async: time.sleep


class Logger:
    pass


class Exporter(Logger):
    def only_here(self):
        pass


async def declared_of_another_type_ok(exporter: Exporter):
    add(exporter)


def special(logger):
    if isinstance(logger, Exporter):
        time.sleep(1)


async def declared_of_a_base_bad(logger: Logger):
    special(logger)  #~ blocking-call-in-async: time.sleep
