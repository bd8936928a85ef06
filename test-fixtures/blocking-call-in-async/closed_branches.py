"""Arguments that close a branch of the callee: what happens only there does not happen."""

import io
import os
import time
from pathlib import Path

import requests


def report(text, address=None, flag=False):
    if address and flag:
        requests.post(address, data=text)
    return text


async def nothing_given_ok():
    return report("x")


async def one_of_two_given_ok():
    return report("x", address="https://example.org")


async def the_other_given_ok():
    return report("x", flag=True)


async def both_given_bad():
    return report("x", "https://example.org", True)  #~ blocking-call-in-async: requests.post


async def unknown_given_bad(address, flag):
    return report("x", address, flag)  #~ blocking-call-in-async: requests.post


async def unpacked_bad(options):
    return report("x", **options)  #~ blocking-call-in-async: requests.post


def either(text, address=None, flag=False):
    if address or flag:
        requests.post("https://example.org", data=text)


async def neither_given():
    either("x")  #~ WRONG blocking-call-in-async: that both sides of an `or` have to hold is not kept


async def one_side_is_enough_bad():
    either("x", flag=True)  #~ blocking-call-in-async: requests.post


def nested(text, address=None, flag=False):
    if flag:
        text = text.upper()
        if address is not None:
            requests.post(address, data=text)


async def outer_branch_closed_ok():
    nested("x", "https://example.org")


async def inner_branch_closed_ok():
    nested("x", flag=True)


async def nested_open_bad():
    nested("x", "https://example.org", flag=True)  #~ blocking-call-in-async: requests.post


def handed_on(text, address=None):
    return report(text, address, True)


async def closed_two_calls_below_ok():
    handed_on("x")


async def open_two_calls_below_bad():
    handed_on("x", "https://example.org")  #~ blocking-call-in-async: requests.post


def left_early(seconds=None):
    if seconds is None:
        return
    time.sleep(seconds)


async def left_early_ok():
    left_early()


async def not_left_early_bad():
    left_early(2)  #~ blocking-call-in-async: time.sleep


def assigned_before(address=None):
    address = address or os.environ.get("ADDRESS")
    if address:
        requests.post(address)


async def assigned_before_the_test_bad():
    assigned_before()  #~ blocking-call-in-async: requests.post


def assigned_in_one_branch(address=None):
    if address is None:
        address = os.environ.get("ADDRESS")
    if address:
        requests.post(address)


async def assigned_in_one_branch_bad():
    assigned_in_one_branch()  #~ blocking-call-in-async: requests.post


def assigned_later(address=None):
    if address:
        requests.post(address)
    address = "https://example.org"
    return address


async def assigned_after_the_test_ok():
    assigned_later()


def assigned_by_the_loop(addresses, address=None):
    for one in addresses:
        if address:
            requests.post(address)
        address = one


async def assigned_by_an_earlier_turn_bad():
    assigned_by_the_loop(["a", "b"])  #~ blocking-call-in-async: requests.post


def upload(fp):
    if isinstance(fp, io.IOBase):
        data = fp.read()
    else:
        data = requests.get(fp).content
    return data


async def stream_given_ok():
    return upload(io.BytesIO(b"x"))


async def address_given_bad():
    return upload("https://example.org")  #~ blocking-call-in-async: requests.get


async def anything_given_bad(fp):
    return upload(fp)  #~ blocking-call-in-async: requests.get


class Source:
    pass


class Remote(Source):
    pass


class Buffer:
    pass


def load(source):
    if isinstance(source, Source):
        return requests.get("https://example.org")
    return source


async def subclass_given_bad():
    return load(Remote())  #~ blocking-call-in-async: requests.get


async def other_class_given_ok():
    return load(Buffer())


async def class_of_an_unknown_base_bad(Base):
    class Mixed(Base):
        pass

    return load(Mixed())  #~ blocking-call-in-async: requests.get


def load_path(source):
    if not isinstance(source, Path):
        time.sleep(1)


async def path_given_ok():
    load_path(Path("x"))


async def no_path_given_bad():
    load_path(Buffer())  #~ blocking-call-in-async: time.sleep


def mode(how="fast"):
    if how == "slow":
        time.sleep(1)
    if how != "fast":
        time.sleep(2)


async def default_text_ok():
    mode()


async def other_text_bad():
    mode("slow")  #~ blocking-call-in-async: time.sleep


class Client:
    def __init__(self, address=None, connect=False):
        self.address = address
        if address and connect:
            self.reply = requests.get(address)

    def send(self, text, wait=False):
        if wait:
            time.sleep(1)


async def constructed_closed_ok():
    return Client("https://example.org")


async def constructed_open_bad():
    return Client("https://example.org", connect=True)  #~ blocking-call-in-async: requests.get


async def method_closed_ok(client: Client):
    client.send("x")


async def method_open_bad(client: Client):
    client.send("x", wait=True)  #~ blocking-call-in-async: time.sleep
