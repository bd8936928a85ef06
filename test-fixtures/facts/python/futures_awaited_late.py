import asyncio
import inspect


class Client:
    async def tested(self):
        if not self.check():
            return

    async def rebound(self):
        r = self.fetch()
        r = await r
        return r

    async def chosen(self, a):
        x = self.fetch() if a else None
        await x

    async def gathered(self, ids):
        jobs = [self.fetch(i) for i in ids]
        await asyncio.gather(*jobs)

    async def maybe(self):
        v = self.maybe()
        v = await v if inspect.isawaitable(v) else v
        return v

    async def compared(self):
        if (s := self.state()) == 2:
            return s

    async def dropped(self):
        self.fetch()
        pending = [self.fetch(1), self.fetch(2)]
        return lambda: self.fetch(3)
