import time

from base import Base


class Waiting(Base):
    def hook(self):
        time.sleep(1)

    def measure(self):
        time.sleep(1)

    async def own_hook_bad(self):
        self.run()  #~ blocking-call-in-async: time.sleep

    async def own_measure_bad(self):
        return self.size  #~ blocking-call-in-async: time.sleep


class Quiet(Base):
    def hook(self):
        return 2

    def measure(self):
        return 3

    async def own_hook_ok(self):
        self.run()

    async def own_measure_ok(self):
        return self.size


class Heir(Waiting):
    async def inherited_bad(self):
        self.run()  #~ blocking-call-in-async: time.sleep


class Relieved(Waiting):
    def hook(self):
        return 4

    async def overridden_ok(self):
        self.run()

    async def by_the_base_bad(self):
        super().hook()  #~ blocking-call-in-async: time.sleep
