import threading


class Journal:
    def __init__(self):
        self._lock = threading.Lock()

    async def written(self):
        with self._lock:
            await self.save()

    async def acquired(self):
        self._lock.acquire()
        try:
            await self.save()
        finally:
            self._lock.release()
