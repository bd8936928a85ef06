from shop.orders import place as place_in_shop
from worker.orders import place


async def own_ok():
    return place()


async def of_the_other_root_bad():
    place_in_shop()  #~ blocking-call-in-async: time.sleep
