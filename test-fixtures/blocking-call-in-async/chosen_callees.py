"""One of two callees, of which one is async: what is awaited is the async one."""

import asyncio
import inspect
import time


def load():
    time.sleep(1)


async def aload():
    await asyncio.sleep(1)


async def chosen_ok(is_async):
    function = aload if is_async else load
    if is_async:
        await function()


async def awaited_if_awaitable_bad(is_async):
    function = aload if is_async else load
    result = function()  #~ blocking-call-in-async: time.sleep
    if inspect.isawaitable(result):
        await result


async def chosen_by_kind_ok(function=aload):
    if inspect.iscoroutinefunction(function):
        return await function()
    return await asyncio.to_thread(function)


async def by_table_ok(name):
    table = {"a": aload}
    await table[name]()


class Both:
    def __init__(self, is_async):
        self.is_async = is_async
        self._load = aload if is_async else load

    async def run_ok(self):
        return await self._load()

    async def run_plain_ok(self):
        if self.is_async:
            return await self._load()
        return await asyncio.to_thread(self._load)

    async def getattr_ok(self, name):
        return await getattr(self, name)()


async def ternary_ok(is_async):
    return await (aload() if is_async else asyncio.to_thread(load))


async def ternary_bad(is_async):
    return await aload() if is_async else load()  #~ blocking-call-in-async: time.sleep
