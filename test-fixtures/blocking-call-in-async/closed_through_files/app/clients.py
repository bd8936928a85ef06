import requests

from .settings import SEND, VERIFY

_client = None
_by_name = {}


def shared():
    global _client
    if _client is None:
        _client = requests.get("https://example.org")
    return _client


def named(name):
    if name in _by_name:
        return _by_name[name]
    _by_name[name] = requests.get(name)
    return _by_name[name]


def every_time():
    return requests.get("https://example.org")


def check(text, verify=VERIFY):
    if verify:
        requests.post("https://example.org", data=text)


def send(text, really=SEND):
    if really:
        requests.post("https://example.org", data=text)


def hand_on(text, address=None, really=False):
    if address is not None and really:
        send(text, really)
