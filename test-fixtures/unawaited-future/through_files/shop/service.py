import asyncio

from . import base
from .base import Base, fetch, ignore, pick


class Service(Base):
    async def inherited_bad(self):
        self.flush()  #~ unawaited-future: `Base.flush` is never awaited

    async def super_bad(self):
        super().flush()  #~ unawaited-future: `Base.flush`

    async def helper_bad(self):
        self.start()  #~ unawaited-future: `Base.start`

    async def two_helpers_bad(self):
        self.start_later()  #~ unawaited-future: `Base.start_later`

    async def property_bad(self):
        self.ready  #~ unawaited-future: `Base.ready`

    async def awaited_once_bad(self):
        await self.nested()  #~ unawaited-future: `Base.nested`

    async def helper_ok(self):
        await self.start_later()

    async def property_ok(self):
        await self.ready

    async def awaited_twice_ok(self):
        await (await self.nested())

    def given_on_ok(self):
        return self.start()


async def module_bad():
    base.fetch(1)  #~ unawaited-future: `fetch`


async def imported_bad():
    fetch(1)  #~ unawaited-future: `fetch`


async def chosen_bad(flag):
    pick(flag)  #~ unawaited-future: `pick`


async def other_object_bad(service: Service):
    service.flush()  #~ unawaited-future: `Base.flush`


async def given_to_helper_bad():
    ignore(fetch(1))  #~ unawaited-future: nothing awaits its coroutine


async def tested_bad(service: Service):
    if service.ready:  #~ misused-coroutine: tested
        return 1


async def chosen_ok(flag):
    await pick(flag)


async def gathered_ok(service: Service):
    await asyncio.gather(service.start(), service.ready, pick(True))
