"""A constant is read through casts and through functions that always give the same."""

from typing import cast

import requests


def fetch(url, is_async=False):
    if is_async:
        return None
    return requests.get(url)


async def cast_ok(url):
    return fetch(url, is_async=cast(bool, True))


async def cast_bad(url):
    return fetch(url, is_async=cast(bool, False))  #~ blocking-call-in-async


async def default_of_a_look_up_bad(url, settings: dict):
    return fetch(url, is_async=settings.get("is_async", True))  #~ blocking-call-in-async


async def look_up_that_is_there_bad(settings: dict):
    url = settings.get("url", None)
    if url is not None:
        return fetch_remote(url)  #~ blocking-call-in-async


def fetch_remote(url):
    if url.startswith("https://"):
        return requests.get(url)


class Cache:
    def supports_async(self):
        """All of them do by now."""
        return True

    def is_small(self, limit):
        if limit:
            return True

    async def always(self):
        if self.supports_async() is True:
            return None
        return requests.get("/")  #~ WRONG blocking-call-in-async: a test of what a function always gives closes no branch

    async def sometimes_bad(self, limit):
        if self.is_small(limit):
            return None
        return requests.get("/")  #~ blocking-call-in-async

    async def passed_down_ok(self):
        return fetch("/", is_async=self.supports_async())


class Several:
    def supports_async(self):
        return True

    async def of_an_heir_bad(self):
        if self.supports_async():
            return None
        return requests.get("/")  #~ blocking-call-in-async


class Old(Several):
    def supports_async(self):
        return False
