import time
from contextlib import contextmanager

import requests


def wait():
    time.sleep(1)


def wait_longer():
    wait()


def poll(url):
    while True:
        if requests.get(url).ok:
            return
        wait_longer()


async def one_step_bad():
    wait()  #~ blocking-call-in-async


async def two_steps_bad():
    wait_longer()  #~ blocking-call-in-async


async def three_steps_bad(url):
    poll(url)  #~ blocking-call-in-async


class Base:
    def fetch(self, url):
        return requests.get(url)

    @property
    def status(self):
        return self.fetch("/status")

    def inherited(self):
        return self.fetch("/")


class Client(Base):
    def __init__(self, url):
        self.url = url
        self.session = requests.Session()

    def load(self):
        return self.session.get(self.url)

    async def method_bad(self):
        return self.load()  #~ blocking-call-in-async

    async def property_bad(self):
        return self.status  #~ blocking-call-in-async

    async def inherited_bad(self):
        return self.inherited()  #~ blocking-call-in-async

    async def field_bad(self):
        return self.session.get(self.url)  #~ blocking-call-in-async

    async def told_in_the_callee_ok(self):
        await self.method_bad()


class Connected:
    def __init__(self, url):
        self.greeting = requests.get(url)

    def __call__(self):
        time.sleep(1)


async def constructor_bad(url):
    return Connected(url)  #~ blocking-call-in-async


async def callable_object_bad(url):
    connected = make()
    connected()  #~ blocking-call-in-async


def make() -> Connected:
    raise NotImplementedError


class Transaction:
    def __enter__(self):
        time.sleep(1)
        return self

    def __exit__(self, *exc):
        pass


async def entered_bad():
    with Transaction():  #~ blocking-call-in-async
        pass


@contextmanager
def slow_scope():
    time.sleep(1)
    yield


async def context_manager_bad():
    with slow_scope():  #~ blocking-call-in-async
        pass


def pages(url):
    for n in range(10):
        yield requests.get(url, params={"page": n})


async def generator_bad(url):
    for page in pages(url):  #~ blocking-call-in-async
        print(page)


async def generator_made_ok(url):
    return pages(url)


def recurse(n):
    if n:
        recurse(n - 1)
    wait()


async def recursion_bad():
    recurse(3)  #~ blocking-call-in-async


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


async def recursion_ok():
    return even(10)


def unused_branch():
    def inner():
        time.sleep(1)

    return inner


async def nested_function_not_called_ok():
    return unused_branch()


async def parameter_annotated_bad(client: Client):
    client.load()  #~ blocking-call-in-async


def call(function):
    return function()


async def higher_order_bad():
    call(wait)  #~ blocking-call-in-async


async def lambda_called_here_bad():
    call(lambda: time.sleep(1))  #~ blocking-call-in-async
