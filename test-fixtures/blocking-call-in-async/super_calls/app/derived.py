from app import base
from app.base import Base, Left, Quiet, Right


class Derived(Base):
    async def load(self):
        return super().load()  #~ blocking-call-in-async: requests.get

    async def with_arguments_bad(self):
        return super(Derived, self).load()  #~ blocking-call-in-async: requests.get

    async def by_the_base_bad(self):
        return Base.load(self)  #~ blocking-call-in-async: requests.get

    async def close(self):
        return super().close()

    @classmethod
    async def make_bad(cls):
        return super().make()  #~ blocking-call-in-async: requests.get

    async def property_bad(self):
        return super().state  #~ blocking-call-in-async: requests.get

    async def async_override_ok(self):
        await self.load()


class Connected(base.Base):
    def __init__(self, url):
        super().__init__(url)
        self.url = url


async def inherited_constructor_bad(url):
    return Derived(url)  #~ blocking-call-in-async: requests.get


async def constructor_of_the_base_bad(url):
    return Connected(url)  #~ blocking-call-in-async: requests.get


class Silent(Quiet):
    def __init__(self, url):
        super().__init__(url)

    async def load_ok(self):
        return super().load()


async def silent_constructor_ok(url):
    return Silent(url)


class Diamond(Left, Right):
    async def second_base_first_ok(self):
        return self.load()

    async def super_of_two_ok(self):
        return super().load()


class Other(Left, Quiet):
    async def first_base_bad(self):
        return self.load()  #~ blocking-call-in-async: requests.get
