import time

import requests
from elsewhere import in_thread, post
from shop.cache import fetch, load
from shop.events import later
from shop.jobs import call, pool


async def offloaded():
    call(fetch)
    call(time.sleep, 1)
    pool.run(lambda: fetch())
    in_thread(fetch)


@in_thread
def decorated():
    fetch()


async def calls_decorated():
    await decorated()


def on_the_loop():
    fetch()


def on_the_loop_too():
    fetch()


def schedule():
    later(on_the_loop)
    post(on_the_loop_too, 1)


async def does_not_wait():
    load()
    requests.get("https://example.org")


async def waits():
    fetch()
