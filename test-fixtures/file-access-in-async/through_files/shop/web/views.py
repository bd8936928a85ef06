from shop.settings import DATA
from shop.storage.orders import Orders


async def latest_bad(orders: Orders):
    return orders.latest()  #~ file-access-in-async


async def inherited_property_bad(orders: Orders):
    return orders.index.exists()  #~ file-access-in-async


async def constant_of_another_module_bad():
    return [path.name for path in DATA.iterdir()]  #~ file-access-in-async


async def names_ok(orders: Orders):
    return orders.root.name
