import shop
import shop.orders as orders


async def re_exported_bad():
    shop.place()  #~ blocking-call-in-async: time.sleep


async def of_module_bad():
    orders.place()  #~ blocking-call-in-async: time.sleep


async def price_ok():
    return orders.price()
