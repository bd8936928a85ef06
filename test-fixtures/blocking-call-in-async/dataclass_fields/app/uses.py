from app.models import Client, Derived, Eager, Memory, Options, Pair, Plain


async def field_bad(plain: Plain):
    plain.client.load()  #~ blocking-call-in-async: requests.get


async def method_of_a_field_bad(plain: Plain):
    plain.load()  #~ blocking-call-in-async: requests.get


async def element_of_a_field_bad(plain: Plain):
    for client in plain.many:
        client.load()  #~ blocking-call-in-async: requests.get


async def class_variable_bad():
    Plain.shared.load()  #~ blocking-call-in-async: requests.get


async def constructed_bad():
    plain = Plain(Client(), Memory())
    plain.client.load()  #~ blocking-call-in-async: requests.get


async def another_field_ok(plain: Plain):
    plain.memory.load()


async def field_of_the_derived_class_ok(derived: Derived):
    derived.client.load()


async def after_init_bad(url):
    return Eager(url)  #~ blocking-call-in-async: requests.get


async def named_tuple_bad(pair: Pair):
    pair.client.load()  #~ blocking-call-in-async: requests.get


async def unpacked_bad(pair: Pair):
    client, memory = pair
    client.load()  #~ MISSED blocking-call-in-async: the parts of a named tuple are known by name alone
    memory.load()


async def typed_dict_bad(options: Options):
    options["client"].load()  #~ blocking-call-in-async: requests.get


async def other_keys_ok(options: Options, pair: Pair):
    options["memory"].load()
    pair.memory.load()
