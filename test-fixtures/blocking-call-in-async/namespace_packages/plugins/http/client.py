"""A package without `__init__.py`."""

import requests


def load(url):
    return requests.get(url)


async def load_later(url):
    return url
