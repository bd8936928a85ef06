import asyncio
import time
from functools import partial

from app.work import Loading, Runner, Store, load, loader, loaders, offload, pool, store, submit


async def positional_ok():
    await asyncio.to_thread(load, "x")


async def keyword_ok():
    await asyncio.to_thread(func=load)
    await asyncio.get_running_loop().run_in_executor(executor=None, func=load)


async def keywords_of_the_function_ok():
    await asyncio.to_thread(load, key="x", retries=2)


async def partial_ok():
    await asyncio.to_thread(partial(load, "x"))
    await asyncio.to_thread(partial(partial(store.load), "x"))


async def lambda_ok():
    await asyncio.to_thread(lambda: load("x"))
    await asyncio.to_thread(lambda key: [load(key), store.load()], "x")


async def nested_function_ok():
    def read():
        load()
        return [store.load() for _ in range(3)]

    await asyncio.to_thread(read)


async def nested_in_nested_ok():
    def outer():
        def inner():
            load()

        inner()

    await asyncio.to_thread(outer)


async def method_ok():
    await asyncio.to_thread(store.load)
    await asyncio.to_thread(Store().load, "x")
    await asyncio.to_thread(Store.load_default)
    await asyncio.to_thread(Store.load_static)
    await asyncio.to_thread(Store.load, store)


async def callable_object_ok():
    await asyncio.to_thread(Loading("x"))
    loading = Loading("y")
    await asyncio.get_running_loop().run_in_executor(None, loading)


async def spread_ok(arguments):
    await asyncio.to_thread(*(load, "x"))
    call = (load, "x")
    await asyncio.to_thread(*call)
    await asyncio.to_thread(*arguments)


async def spread_keywords_ok():
    call = {"func": load}
    await asyncio.to_thread(**call)


async def local_ok(fast):
    read = load
    await asyncio.to_thread(read)
    other = store.load if fast else load
    await asyncio.to_thread(other)


async def from_a_dict_ok(name):
    await asyncio.to_thread(loaders[name])
    await asyncio.to_thread({"a": load, "b": store.load}[name], "x")
    await asyncio.to_thread(loaders.get(name, load))


async def from_a_list_ok():
    for read in [load, store.load]:
        await asyncio.to_thread(read)
    await asyncio.gather(*(asyncio.to_thread(read) for read in (load, store.load)))


async def given_by_a_function_ok():
    await asyncio.to_thread(loader("x"))


async def wrapper_ok():
    await offload(load)
    await offload(load, "x", retries=2)
    await Runner().offload(store.load, "x")
    await asyncio.wrap_future(submit(load))
    await offload(lambda: load())
    await offload(function=load)


async def pool_ok():
    await asyncio.wrap_future(pool.submit(load, "x"))
    await asyncio.wrap_future(pool.submit(fn=load))


class Service:
    def __init__(self):
        self.store = Store()
        self.read = load

    async def own_method_ok(self):
        await asyncio.to_thread(self.refresh)
        await asyncio.to_thread(self.store.load, "x")
        await asyncio.to_thread(self.read)

    def refresh(self):
        self.store.load()

    async def own_method_called_bad(self):
        self.refresh()  #~ blocking-call-in-async: time.sleep


async def evaluated_here_bad():
    await asyncio.to_thread(load, store.load())  #~ blocking-call-in-async: time.sleep


async def called_instead_bad():
    await asyncio.to_thread(load())  #~ blocking-call-in-async: time.sleep


async def called_by_partial_here_bad():
    await asyncio.to_thread(partial(load, store.load()))  #~ blocking-call-in-async: time.sleep


async def default_is_evaluated_here_bad():
    await asyncio.to_thread(lambda key=store.load(): load(key))  #~ blocking-call-in-async: time.sleep


async def receiver_is_made_here_bad():
    await asyncio.to_thread(make().load)  #~ blocking-call-in-async: time.sleep


def make():
    time.sleep(1)
    return Store()


async def nested_and_called_bad():
    def read():
        load()

    await asyncio.to_thread(read)
    read()  #~ blocking-call-in-async: time.sleep


async def both_ways_bad():
    await asyncio.to_thread(load)
    load()  #~ blocking-call-in-async: time.sleep


async def of_the_spread_bad():
    await asyncio.to_thread(*(load, store.load()))  #~ blocking-call-in-async: time.sleep
