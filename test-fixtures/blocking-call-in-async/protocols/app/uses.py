from app.implementations import Database, Fast, Remote
from app.interfaces import Backend, Nobody, Several, Sink, Store


async def only_implementation_bad(backend: Backend):
    backend.load()  #~ blocking-call-in-async: time.sleep


async def through_the_base_bad(backend: Backend):
    backend.reload()  #~ blocking-call-in-async: time.sleep


async def async_method_ok(backend: Backend):
    await backend.save()


async def own_method_ok(backend: Backend):
    backend.name()


async def one_of_several_bad(several: Several):
    several.run()  #~ blocking-call-in-async: time.sleep


async def known_implementation_ok():
    Fast().run()


async def nobody_implements_it_ok(nobody: Nobody):
    nobody.run()


async def protocol_bad(store: Store):
    store.read()  #~ blocking-call-in-async: time.sleep


async def async_protocol_ok(sink: Sink):
    await sink.write()


class Reader:
    def __init__(self, store: Store, backend: Backend):
        self.store = store
        self.backend = backend
        self.database: Backend = Database()

    async def declared_field_bad(self):
        self.backend.load()  #~ blocking-call-in-async: time.sleep

    async def constructed_field_bad(self):
        self.database.load()  #~ blocking-call-in-async: time.sleep


async def structural_bad():
    read_all(Remote())  #~ blocking-call-in-async: time.sleep


def read_all(store: Store):
    return store.read()
