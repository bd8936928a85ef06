from typing import Iterable, Iterator, Optional, Sequence

from app.pools import Box, C, Client, Clients, LateClients, Memories, Memory, Pool, Registry, Repository, by_name, dispatching_load, first, made


async def list_bad(clients: list[Client]):
    clients[0].load()  #~ blocking-call-in-async: requests.get
    for client in clients:
        client.load()  #~ blocking-call-in-async: requests.get


async def dict_bad():
    for client in by_name().values():
        client.load()  #~ blocking-call-in-async: requests.get


async def tuple_bad(pair: tuple[Client, Memory]):
    client, memory = pair
    memory.load()
    client.load()  #~ blocking-call-in-async: requests.get


async def optional_bad(client: Optional[Client] = None):
    if client:
        client.load()  #~ blocking-call-in-async: requests.get


async def union_bad(client: Client | Memory):
    client.load()  #~ blocking-call-in-async: requests.get


async def iterables_bad(some: Iterable[Client], more: Sequence[Client], others: Iterator[Client]):
    for client in some:
        client.load()  #~ blocking-call-in-async: requests.get
    for n, client in enumerate(more):
        client.load()  #~ blocking-call-in-async: requests.get
    next(others).load()  #~ blocking-call-in-async: requests.get


async def own_generic_bad(pool: Pool[Client]):
    pool.take().load()  #~ blocking-call-in-async: requests.get
    for client in pool.all():
        client.load()  #~ blocking-call-in-async: requests.get


async def made_of_its_items_bad():
    pool = Pool([Client()])
    pool.take().load()  #~ blocking-call-in-async: requests.get


async def made_of_other_items_ok():
    Pool([Memory()]).take().load()


async def kept_value_bad():
    Box(Client()).value.load()  #~ blocking-call-in-async: requests.get


async def another_kept_value_ok():
    Box(Memory()).value.load()


async def by_its_class_bad():
    made(Client).load()  #~ blocking-call-in-async: requests.get


async def by_another_class_ok():
    made(Memory).load()


async def two_levels_up_bad(clients: LateClients):
    clients.get().load()  #~ blocking-call-in-async: requests.get


async def bounded_bad(client: C):
    client.load()  #~ blocking-call-in-async: requests.get


async def own_generic_of_another_type_ok(pool: Pool[Memory]):
    pool.take().load()


async def base_with_argument_bad(clients: Clients):
    clients.get().load()  #~ blocking-call-in-async: requests.get
    clients.item.load()  #~ blocking-call-in-async: requests.get


async def base_with_another_argument_ok(memories: Memories):
    memories.get().load()
    memories.item.load()


async def generic_function_bad(clients: list[Client]):
    first(clients).load()  #~ blocking-call-in-async: requests.get


async def generic_function_of_another_type_ok(memories: list[Memory]):
    first(memories).load()


async def default_factory_bad(registry: Registry):
    registry.clients["x"].load()  #~ MISSED blocking-call-in-async: what a `defaultdict` makes is not taken from its factory


async def comprehension_bad(clients: list[Client]):
    return [client.load() for client in clients]  #~ blocking-call-in-async: requests.get


async def sorted_bad(clients: set[Client]):
    for client in sorted(clients, key=str):
        client.load()  #~ blocking-call-in-async: requests.get


async def narrowed_bad(value: object):
    if isinstance(value, Client):
        value.load()  #~ blocking-call-in-async: requests.get


async def narrowed_away_ok(value: object):
    if isinstance(value, Memory):
        value.load()


async def unparameterised_ok(pool: Pool):
    pool.take().load()


async def dispatched_ok():
    await dispatching_load()
    loaded = dispatching_load()
    await loaded
