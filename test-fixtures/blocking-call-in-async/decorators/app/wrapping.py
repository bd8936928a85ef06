import asyncio
import functools
import inspect


def offloaded(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        return await asyncio.to_thread(function, *args, **kwargs)

    return wrapper


def offloaded_on(executor):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(executor, functools.partial(function, *args, **kwargs))

        return wrapper

    return decorate


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__)
        return function(*args, **kwargs)

    return wrapper


def logged_as(name):
    def decorate(function):
        def wrapper(*args, **kwargs):
            print(name)
            return function(*args, **kwargs)

        return wrapper

    return decorate


def logged_optionally(function=None, *, name=""):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)

        return wrapper

    if function is None:
        return decorate
    return decorate(function)


def both(function):
    """One wrapper for each kind of function."""
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def async_wrapper(*args, **kwargs):
            return await function(*args, **kwargs)

        return async_wrapper

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


def registered(function):
    function.is_registered = True
    return function


def replaced(function):
    def wrapper():
        return None

    return wrapper


def memoised(function):
    cache = {}

    @functools.wraps(function)
    def wrapper(key):
        if key not in cache:
            cache[key] = function(key)
        return cache[key]

    return wrapper


class Counted:
    def __init__(self, function):
        self.function = function

    def __call__(self, *args):
        return self.function(*args)


class InThread:
    def __init__(self, function):
        self.function = function

    async def __call__(self, *args):
        return await asyncio.to_thread(self.function, *args)


def timed(function):
    async def wrapper(*args):
        return await function(*args)

    return wrapper


def through_another(function):
    if function is None:
        return inner_of_another()
    return inner_of_another()


def inner_of_another():
    def first(function):
        def second():
            return function()

        return second

    return first
