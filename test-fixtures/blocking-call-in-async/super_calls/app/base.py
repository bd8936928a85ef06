import requests


class Base:
    def __init__(self, url):
        self.first = requests.get(url)

    def load(self):
        return requests.get("x")

    def close(self):
        return None

    @classmethod
    def make(cls):
        return requests.get("y")

    @property
    def state(self):
        return requests.get("z")


class Quiet:
    def __init__(self, url):
        self.first = url

    def load(self):
        return None


class Left(Base):
    def close(self):
        return None


class Right(Base):
    def load(self):
        return None
