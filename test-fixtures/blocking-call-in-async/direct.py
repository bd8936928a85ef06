import os
import select
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from subprocess import check_output as capture
from time import sleep
from urllib.request import urlopen

import requests
import requests as http
from requests import Session


async def sleep_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def imported_name_bad():
    sleep(0.5)  #~ blocking-call-in-async: time.sleep


async def imported_inside_bad():
    from time import sleep as nap

    nap(2)  #~ blocking-call-in-async: time.sleep


async def http_bad(url):
    requests.get(url)  #~ blocking-call-in-async: requests.get


async def http_alias_bad(url):
    return http.post(url, json={}).json()  #~ blocking-call-in-async: requests.post


async def session_bad(url):
    session = requests.Session()
    response = session.get(url)  #~ blocking-call-in-async
    return response.text


async def session_in_with_bad(url):
    with Session() as session:
        return session.get(url)  #~ blocking-call-in-async


async def urlopen_bad(url):
    return urlopen(url).read()  #~ blocking-call-in-async


async def urlopen_qualified_bad(url):
    return urllib.request.urlopen(url)  #~ blocking-call-in-async


async def process_bad(command):
    subprocess.run(command)  #~ blocking-call-in-async: subprocess.run


async def process_output_bad(command):
    return capture(command)  #~ blocking-call-in-async: subprocess.check_output


async def shell_bad():
    os.system("make")  #~ blocking-call-in-async: os.system


async def terminal_bad():
    return input("name? ")  #~ blocking-call-in-async: input


async def resolve_bad(host):
    return socket.getaddrinfo(host, 443)  #~ blocking-call-in-async: socket.getaddrinfo


async def connect_bad(host):
    return socket.create_connection((host, 443))  #~ blocking-call-in-async: socket.create_connection


async def nested_function_bad():
    async def inner():
        time.sleep(1)  #~ blocking-call-in-async: time.sleep

    await inner()


async def in_a_loop_bad(jobs):
    while not all(job.done for job in jobs):
        time.sleep(0.2)  #~ blocking-call-in-async: time.sleep


async def in_an_argument_bad(queue, url):
    await queue.put(requests.get(url))  #~ blocking-call-in-async: requests.get


async def in_a_comprehension_bad(urls):
    return [requests.get(url) for url in urls]  #~ blocking-call-in-async: requests.get


async def in_a_handler_bad(job):
    try:
        await job()
    except OSError:
        time.sleep(1)  #~ blocking-call-in-async: time.sleep
    finally:
        await job.close()


async def in_an_f_string_bad(url):
    return f"{requests.get(url).status_code}"  #~ blocking-call-in-async: requests.get


class Client:
    async def poll_bad(self):
        time.sleep(1)  #~ blocking-call-in-async: time.sleep

    @staticmethod
    async def wait_bad():
        time.sleep(1)  #~ blocking-call-in-async: time.sleep


def sync_function_ok(url):
    time.sleep(1)
    return requests.get(url)


async def async_sleep_ok(asyncio):
    await asyncio.sleep(1)


async def unknown_receiver_ok(client, url):
    return client.get(url)


async def not_called_ok():
    return time.sleep


async def shadowed_ok(time):
    time.sleep(1)


async def lambda_only_made_ok():
    return lambda: time.sleep(1)


async def function_only_made_ok():
    def later():
        time.sleep(1)

    return later
