import plugins.http.client
import plugins.shared as common
from plugins import shared
from plugins.http.client import load as fetch


async def dotted_bad(url):
    return plugins.http.client.load(url)  #~ blocking-call-in-async: requests.get


async def renamed_module_bad():
    common.pause()  #~ blocking-call-in-async: time.sleep


async def renamed_function_bad(url):
    return fetch(url)  #~ blocking-call-in-async: requests.get


async def another_function_ok():
    shared.no_pause()
    plugins.shared.no_pause()
