import asyncio


def call(function, *args):
    return function(*args)


def call_by_keyword(*, action):
    return action()


def call_each(functions):
    for function in functions:
        function()


def call_all(*functions):
    return [function() for function in functions]


def call_values(functions):
    for function in functions.values():
        function()


def call_items(functions):
    for name, function in functions.items():
        print(name)
        function()


def call_named(functions, name):
    functions[name]()


def count(functions):
    return len(functions)


async def each_in_thread(functions):
    for function in functions:
        await asyncio.to_thread(function)


def forward(function):
    return call(function)


async def in_thread(function, *args):
    return await asyncio.to_thread(function, *args)


async def in_executor(function, *args):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, function, *args)


async def run_here(function):
    return function()


async def run_through(function):
    return call(function)


def keep_name(function):
    return function.__name__


def maybe(function=None):
    if function is not None:
        function()


class Runner:
    def run(self, function):
        return function()

    async def offload(self, function):
        return await in_thread(function)
