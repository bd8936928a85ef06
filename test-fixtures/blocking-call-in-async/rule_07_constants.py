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


class Client:
    def __init__(self, blocking=True):
        self.blocking = blocking

    def send(self, sync=True):
        if sync:
            requests.post("https://example.org")

    def request(self, *, sync=True):
        return self.send(sync=sync)

    async def through_two_calls_ok(self):
        self.request(sync=False)

    async def through_two_calls_bad(self):
        self.request(sync=True)  #~ blocking-call-in-async: requests.post

    async def default_of_the_outer_bad(self):
        self.request()  #~ blocking-call-in-async: requests.post


def by_nothing(client=None):
    if client is None:
        return requests.get("https://example.org")
    return client


async def given_ok(client: Client):
    by_nothing(client=Client())


async def not_given_bad():
    by_nothing()  #~ blocking-call-in-async: requests.get


def unless(dry_run):
    if not dry_run:
        requests.get("https://example.org")


async def negated_ok():
    unless(True)


async def negated_bad():
    unless(False)  #~ blocking-call-in-async: requests.get


async def unknown_bad(flag):
    unless(flag)  #~ blocking-call-in-async: requests.get


def matched(kind):
    match kind:
        case "sync":
            time.sleep(1)
        case _:
            return None


async def matched_ok():
    matched("async")


async def matched_bad():
    matched("sync")  #~ blocking-call-in-async: time.sleep
