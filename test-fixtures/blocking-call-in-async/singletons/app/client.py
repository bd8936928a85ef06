import requests


class Client:
    def __init__(self, base):
        self.base = base

    def load(self, path):
        return requests.get(self.base + path)

    async def aload(self, path):
        return path

    def name(self):
        return self.base


class Cache:
    def load(self, path):
        return path


def make_client():
    return Client("http://example.org")
