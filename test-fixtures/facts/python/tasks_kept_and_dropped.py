import asyncio


class Worker:
    def unread(self):
        t = self.loop.create_task(self.run())

    def kept_in_a_place(self):
        self._tasks.add(asyncio.create_task(self.run()))

    def kept_in_a_local(self):
        bg = set()
        bg.add(asyncio.create_task(self.run()))

    def handed_on(self):
        return asyncio.create_task(self.run())

    def dropped(self):
        asyncio.ensure_future(self.run())
        self.loop.call_soon(lambda: asyncio.create_task(self.run()))

    def with_callback(self):
        task = asyncio.create_task(self.run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
