import asyncio
import time

from app.store import Store, load

store = Store("data")


async def index(request):
    return load("index.html")


async def upload(request):
    store.put(await request.read())
    load("done.html")


async def tick():
    time.sleep(1)


async def quiet():
    await asyncio.to_thread(load, "index.html")
