from app.classes import Awaited, Emitter, Fields, Heir, Quiet, Replaced, Several, Twins


def pause():
    import time

    time.sleep(1)


def nothing():
    return None


async def fetch():
    return None


class Service:
    def __init__(self):
        self.emitter = Emitter("service", make_client=lambda: pause())
        self.quiet = Quiet(nothing)
        self.quick = Several(nothing)
        self.slow = Several(self.wait)
        self.fields = Fields(name="x", check=pause)
        self.awaited = Awaited(fetch)
        self.replaced = Replaced(pause)
        self.heir = Heir(pause)
        self.plain = Twins(pause)
        self.awaited = Twins(fetch)

    def wait(self):
        pause()
