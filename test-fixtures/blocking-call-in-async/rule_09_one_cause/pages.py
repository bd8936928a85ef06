from transport import fetch


async def first_bad():
    return fetch("/1")  #~ blocking-call-in-async


async def second_bad():
    return fetch("/2")  #~ blocking-call-in-async
