from shop.orders import place
