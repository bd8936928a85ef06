import time

import requests

from app.interfaces import Backend, Several, Store


class Remote:
    """Satisfies `Store` without naming it."""

    def read(self) -> str:
        return requests.get("x").text


class Named(Store):
    def read(self) -> str:
        time.sleep(1)
        return ""


class Database(Backend):
    def load(self):
        time.sleep(1)

    async def save(self):
        return None


class Fast(Several):
    def run(self):
        return None


class Slow(Several):
    def run(self):
        time.sleep(1)
