from app.clients import Client, Memory


class Base:
    shared = Client()
    declared: Client
    none = None

    def setup(self):
        self.late = Client()
        self.memory = Memory()

    def add(self):
        self.clients = [Client()]
        self.by_name = {"a": Client()}

    def replace(self, client: Client):
        self.given = client
        self.none = client
