from . import client
from .client import load, load_later
from ..shared import pause as wait_a_little


async def by_module_bad(url):
    return client.load(url)  #~ blocking-call-in-async: requests.get


async def by_name_bad(url):
    return load(url)  #~ blocking-call-in-async: requests.get


async def from_above_bad():
    wait_a_little()  #~ blocking-call-in-async: time.sleep


async def twin_ok(url):
    await load_later(url)
    return await client.load_later(url)
