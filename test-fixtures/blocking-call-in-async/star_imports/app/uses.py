from app import *
from app import also_told
from app import pause as stop


async def star_bad():
    pause()  #~ blocking-call-in-async: time.sleep


async def listed_bad():
    told()  #~ blocking-call-in-async: time.sleep


async def listed_later_bad():
    also_told()  #~ blocking-call-in-async: time.sleep


async def by_name_bad():
    stop()  #~ blocking-call-in-async: time.sleep


async def not_in_all_ok():
    not_told()


async def hidden_ok():
    _hidden()


async def async_function_ok():
    await rest()
