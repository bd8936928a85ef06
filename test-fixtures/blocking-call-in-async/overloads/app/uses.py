from app.clients import client, named


async def asked_for_sync_bad():
    client(False).load()  #~ blocking-call-in-async: requests.get


async def by_default_bad():
    client().load()  #~ blocking-call-in-async: requests.get


async def asked_for_async_ok():
    await client(True).load()
    await client(is_async=True).load()


async def async_and_not_awaited():
    return client(True).load()  #~ WRONG blocking-call-in-async: `Literal` parameters do not choose between overloads


async def by_name_bad():
    named("sync").load()  #~ blocking-call-in-async: requests.get


async def by_other_name():
    return named("async").load()  #~ WRONG blocking-call-in-async: as above


async def unknown_flag_awaited_ok(flag):
    await client(flag).load()


async def unknown_flag_bad(flag):
    client(flag).load()  #~ blocking-call-in-async: requests.get
