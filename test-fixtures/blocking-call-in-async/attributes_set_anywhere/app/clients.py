import requests


class Client:
    def load(self):
        return requests.get("http://example.org")


class Memory:
    def load(self):
        return None


class Twin:
    async def load(self):
        return None
