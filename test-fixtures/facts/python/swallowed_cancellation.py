import asyncio
import contextlib


class Server:
    async def some_paths(self):
        try:
            await self.work()
        except asyncio.CancelledError:
            if self.closing:
                return
            raise

    async def own_task(self):
        self.task.cancel()
        try:
            await self.task
        except asyncio.CancelledError:
            pass

    async def suppressed(self):
        with contextlib.suppress(asyncio.CancelledError):
            await self.work()

    async def everything(self):
        while self.running:
            try:
                await self.work()
            except BaseException as error:
                self.log(error)
