from .core import Store, refresh
from .core.tokens import Token as Credential


async def handler_bad(store: Store):
    store.load("key")  #~ blocking-call-in-async


async def re_exported_bad():
    refresh()  #~ blocking-call-in-async


async def renamed_bad():
    credential = Credential()
    return credential.value  #~ blocking-call-in-async


async def own_method_ok(store: Store):
    store.name()
