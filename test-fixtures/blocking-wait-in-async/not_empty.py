import asyncio
import queue


class Results:
    def __init__(self):
        self.queue = queue.Queue()
        self.others = queue.Queue()
        self.changed = asyncio.Event()

    def take(self):
        return self.queue.get()

    async def after_looking_ok(self):
        while self.queue.empty():
            await self.changed.wait()
        return self.take()

    async def under_a_test_ok(self):
        if not self.queue.empty():
            return self.take()
        return None

    async def other_queue_bad(self):
        while self.others.empty():
            await self.changed.wait()
        return self.take()  #~ blocking-wait-in-async: queue.Queue.get

    async def without_looking_bad(self):
        return self.take()  #~ blocking-wait-in-async: queue.Queue.get
