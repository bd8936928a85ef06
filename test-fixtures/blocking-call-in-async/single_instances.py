"""A class that keeps its instances does at their first use what the process does once."""
import requests


class Server:
    _instances: dict[int, "Server"] = {}

    def __new__(cls, port: int = 0):
        if port not in cls._instances:
            cls._instances[port] = super().__new__(cls)
        return cls._instances[port]

    def __init__(self, port: int = 0):
        self.running = False

    def start(self):
        if not self.running:
            requests.get("https://example.org")
            self.running = True

    def restart(self):
        requests.get("https://example.org")


class Connection:
    def __init__(self):
        self.running = False

    def start(self):
        if not self.running:
            requests.get("https://example.org")
            self.running = True


async def single_ok():
    Server().start()


async def every_time_bad():
    Server().restart()  #~ blocking-call-in-async


async def one_of_many_bad():
    Connection().start()  #~ blocking-call-in-async


class Deep:
    def __init__(self):
        self.session = None

    def ensure(self):
        if self.session is None:
            self.session = requests.get("https://example.org")
        return self.session

    def near(self):
        return self.ensure()

    def far(self):
        return self.near()


async def near_bad(deep: Deep):
    return deep.near()  #~ blocking-call-in-async


async def far_ok(deep: Deep):
    return deep.far()
