from transport import fetch


async def third_bad():
    return fetch("/3")  #~ blocking-call-in-async
