import time
from functools import wraps
from typing import Callable

import requests

from app.base import Config


class One(Config):
    def headers(self):
        return {}

    def transform(self, response):
        return response

    def name(self):
        return "one"

    def validate(self):
        return None


class Two(One):
    def transform(self, response):
        return [response]


class Three(Config):
    def headers(self):
        return requests.get("/token").headers

    def transform(self, response):
        return {response}

    def name(self):
        return "three"

    async def transform_elsewhere(self, response):
        return None


def traced(name: str) -> Callable[[Callable], Callable]:
    def decorate(function: Callable) -> Callable:
        @wraps(function)
        def run(*args):
            print(name)
            return function(*args)

        return run

    return decorate


class Four(Config):
    def headers(self):
        return {"x": "4"}

    def transform(self, response):
        while response.status == 202:
            time.sleep(2)
        return response

    def name(self):
        return "four"

    @traced("validate")
    def validate(self):
        time.sleep(1)


class Five(Config):
    def headers(self):
        return {"x": "5"}

    def transform(self, response):
        return (response,)

    def name(self):
        return "five"

    def on_end(self):
        time.sleep(1)

    def send(self):
        time.sleep(1)


class Six(Config):
    def headers(self):
        return {"x": "6"}

    def transform(self, response):
        return response.text

    def name(self):
        return "six"

    async def send(self):
        return 6
