"""Arguments close branches, and first uses are kept, in another file too."""

from . import clients
from .clients import check, hand_on, named, send, shared


async def first_use_ok():
    return shared(), clients.shared(), named("x")


async def every_time_bad():
    return clients.every_time()  #~ blocking-call-in-async: requests.get


async def default_of_a_constant_ok():
    check("x")


async def default_of_a_constant_bad():
    send("x")  #~ blocking-call-in-async: requests.post


async def constant_given_ok():
    send("x", really=False)


async def constant_given_bad():
    check("x", verify=True)  #~ blocking-call-in-async: requests.post


async def handed_on_ok():
    hand_on("x", really=True)


async def handed_on_bad():
    hand_on("x", "https://example.org", really=True)  #~ blocking-call-in-async: requests.post
