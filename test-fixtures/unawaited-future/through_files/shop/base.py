import asyncio


class Base:
    async def flush(self):
        await asyncio.sleep(0)

    def start(self):
        return self.flush()

    def start_later(self):
        return self.start()

    @property
    def ready(self):
        return self.flush()

    async def nested(self):
        return self.flush()


async def fetch(key):
    await asyncio.sleep(0)
    return key


def pick(flag):
    return fetch(1) if flag else fetch(2)


def ignore(job):
    print(job)
