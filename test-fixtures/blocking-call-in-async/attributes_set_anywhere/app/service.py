from app.base import Base
from app.clients import Memory, Twin


class Service(Base):
    def __init__(self):
        self.twin = Twin()
        self.first, self.second = Memory(), self.late

    async def class_attribute_bad(self):
        self.shared.load()  #~ blocking-call-in-async: requests.get

    async def declared_bad(self):
        self.declared.load()  #~ blocking-call-in-async: requests.get

    async def set_in_a_method_bad(self):
        self.late.load()  #~ blocking-call-in-async: requests.get

    async def set_from_a_parameter_bad(self):
        self.given.load()  #~ blocking-call-in-async: requests.get

    async def none_at_first_bad(self):
        if self.none is not None:
            self.none.load()  #~ blocking-call-in-async: requests.get

    async def in_a_list_bad(self):
        for client in self.clients:
            client.load()  #~ blocking-call-in-async: requests.get

    async def in_a_dict_bad(self):
        for name, client in self.by_name.items():
            client.load()  #~ blocking-call-in-async: requests.get

    async def second_of_two_bad(self):
        self.second.load()  #~ blocking-call-in-async: requests.get

    async def first_of_two_ok(self):
        self.first.load()

    async def another_type_ok(self):
        self.memory.load()

    async def twin_ok(self):
        await self.twin.load()


class Replaced(Base):
    shared = Memory()

    async def overridden_attribute_ok(self):
        self.shared.load()


async def from_outside_bad(service: Service):
    service.late.load()  #~ blocking-call-in-async: requests.get
