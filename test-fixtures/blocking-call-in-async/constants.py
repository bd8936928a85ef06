"""A constant that is passed down chooses the branch."""

import time

import requests


def fetch(url, is_async=False):
    if is_async:
        return None
    return requests.get(url)


async def constant_ok(url):
    return fetch(url, is_async=True)


async def default_bad(url):
    return fetch(url)  #~ blocking-call-in-async


async def constant_bad(url):
    return fetch(url, is_async=False)  #~ blocking-call-in-async


def wait(mode):
    if mode == "block":
        time.sleep(1)


async def text_ok():
    wait("poll")


async def text_bad():
    wait("block")  #~ blocking-call-in-async
