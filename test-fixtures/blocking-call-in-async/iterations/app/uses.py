import asyncio

from app.sources import Cursor, Quiet, Rows, Table, async_pages_bad, chained, clients, pages


async def iterated_bad():
    for page in pages():  #~ blocking-call-in-async: time.sleep
        print(page)


async def chained_bad():
    for page in chained():  #~ blocking-call-in-async: time.sleep
        print(page)


async def listed_bad():
    return list(pages())  #~ blocking-call-in-async: time.sleep


async def comprehension_bad():
    return [page for page in pages()]  #~ blocking-call-in-async: time.sleep


async def nested_comprehension_bad():
    return {n: page for n in range(3) for page in pages()}  #~ blocking-call-in-async: time.sleep


async def consumed_expression_bad():
    return sum(page for page in pages())  #~ blocking-call-in-async: time.sleep


async def next_bad():
    return next(pages())  #~ blocking-call-in-async: time.sleep


async def bound_first_bad():
    found = pages()  #~ blocking-call-in-async: time.sleep
    for page in found:
        print(page)


async def unpacked_bad():
    first, second, third = pages()  #~ blocking-call-in-async: time.sleep
    return first


async def spread_bad():
    print(*pages())  #~ blocking-call-in-async: time.sleep
    return [1, *pages()]  #~ blocking-call-in-async: time.sleep


async def spread_alone_bad():
    return [*pages()]  #~ MISSED blocking-call-in-async: read as a pattern, whose parts are not told to be spread


async def enumerated_bad():
    for n, page in enumerate(pages()):  #~ blocking-call-in-async: time.sleep
        print(n)


async def element_bad():
    for client in clients():
        client.load()  #~ blocking-call-in-async: time.sleep


async def iter_method_bad():
    for row in Rows():  #~ blocking-call-in-async: time.sleep
        print(row)


async def next_method_bad():
    for row in Cursor():  #~ blocking-call-in-async: time.sleep
        print(row)


async def element_of_next_method_bad():
    for client in Cursor():  #~ blocking-call-in-async: time.sleep
        client.load()  #~ blocking-call-in-async: time.sleep


async def generator_method_bad():
    for row in Table():  #~ blocking-call-in-async: time.sleep
        print(row)


async def made_ok():
    return pages()


async def expression_made_ok():
    return (page for page in pages())


async def quiet_ok():
    for n in Quiet():
        print(n)


async def offloaded_ok():
    return await asyncio.to_thread(lambda: list(pages()))


async def async_generator_ok():
    async for page in async_pages_bad():
        print(page)
