import asyncio
import time


class Job:
    async def polls(self):
        while not self.done:
            await asyncio.sleep(0.1)

    async def polls_with_break(self):
        while True:
            if self.done:
                break
            await asyncio.sleep(0)

    def spins(self):
        while self.queue.empty():
            pass

    def sleeps(self, tries=10):
        for _ in range(tries):
            if self.ready():
                return True
            time.sleep(1)
        return False
