"""What is kept for the process is made once, whoever stores it."""

import requests

CONFIG = {}
CACHE = {}


def load():
    global CONFIG
    CONFIG = requests.get("https://example.org/config").json()


def ensure_loaded():
    if not CONFIG:
        load()


async def stored_by_callee_ok():
    ensure_loaded()


async def loaded_every_time_bad():
    load()  #~ blocking-call-in-async


def by_key_or_anew(key, anew=False):
    if key in CACHE and not anew:
        return CACHE[key]
    CACHE[key] = requests.get(key)
    return CACHE[key]


async def by_key_or_anew_ok():
    return by_key_or_anew("x")


def until_it_expires(key, now):
    if key in CACHE and CACHE[key].expires > now():
        return CACHE[key]
    CACHE[key] = requests.get(key)
    return CACHE[key]


async def until_it_expires_bad(now):
    return until_it_expires("x", now)  #~ blocking-call-in-async


OPTIONS = {}


def fill():
    OPTIONS.update(requests.get("https://example.org/options").json())


def ensure_filled():
    if not OPTIONS:
        fill()


async def filled_by_callee_ok():
    ensure_filled()
