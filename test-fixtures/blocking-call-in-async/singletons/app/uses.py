import app.state
from app import state
from app.state import client, clients, current, made, settings


async def imported_bad():
    client.load("/")  #~ blocking-call-in-async: requests.get


async def from_a_factory_bad():
    made.load("/")  #~ blocking-call-in-async: requests.get


async def attribute_of_module_bad():
    state.client.load("/")  #~ blocking-call-in-async: requests.get


async def dotted_module_bad():
    app.state.client.load("/")  #~ blocking-call-in-async: requests.get


async def declared_bad():
    state.declared.load("/")  #~ blocking-call-in-async: requests.get


async def element_bad(key):
    clients[key].load("/")  #~ blocking-call-in-async: requests.get


async def element_that_may_miss_bad(key):
    found = clients.get(key)
    if found:
        found.load("/")  #~ blocking-call-in-async: requests.get


async def late_bad():
    state.late.load("/")  #~ blocking-call-in-async: requests.get


async def made_at_first_use_bad():
    current().load("/")  #~ blocking-call-in-async: requests.get


async def class_attribute_bad():
    settings.client.load("/")  #~ blocking-call-in-async: requests.get


async def of_the_class_bad():
    state.Settings.client.load("/")  #~ blocking-call-in-async: requests.get


async def same_method_of_another_type_ok():
    state.cache.load("/")
    settings.cache.load("/")


async def other_methods_ok():
    client.name()
    await client.aload("/")
