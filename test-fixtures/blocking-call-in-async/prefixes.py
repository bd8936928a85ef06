"""A text that is passed down decides a branch by how it begins."""

import requests


def secret(name: str, default=None):
    if name.startswith("env/"):
        name = name.replace("env/", "")
    if name.startswith("remote/"):
        return requests.get(name)
    return default


def secret_text(name: str):
    return secret(name)


async def plain_name_ok():
    secret("API_KEY")
    secret_text("API_KEY")


async def remote_name_bad():
    secret("remote/key")  #~ blocking-call-in-async: requests.get


async def replaced_name_bad():
    secret("env/remote/key")  #~ blocking-call-in-async: requests.get


async def unknown_name_bad(name):
    secret_text(name)  #~ blocking-call-in-async: requests.get


def dispatched(name: str):
    if name.startswith("remote/"):
        return requests.get(name)
    return deeper(name)


def deeper(name):
    return requests.post(name)


async def either_way_bad(name):
    dispatched(name)  #~ blocking-call-in-async: requests.post
