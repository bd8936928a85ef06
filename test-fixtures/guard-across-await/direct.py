import asyncio
import threading
from contextlib import contextmanager
from threading import Lock, RLock

module_lock = threading.Lock()


async def save():
    await asyncio.sleep(0)


async def module_lock_bad():
    with module_lock:  #~ guard-across-await
        await save()


async def local_lock_bad():
    lock = Lock()
    with lock:  #~ guard-across-await
        await save()


class Store:
    def __init__(self):
        self._lock = threading.Lock()
        self._reentrant = RLock()
        self._async_lock = asyncio.Lock()

    async def with_bad(self):
        with self._lock:  #~ guard-across-await
            await save()

    async def reentrant_bad(self):
        with self._reentrant:  #~ guard-across-await
            await save()

    async def async_for_bad(self, rows):
        with self._lock:  #~ guard-across-await
            async for row in rows:
                print(row)

    async def async_with_bad(self, connection):
        with self._lock:  #~ guard-across-await
            async with connection:
                pass

    async def nested_bad(self, flag):
        with self._lock:  #~ guard-across-await
            if flag:
                await save()

    async def second_of_two_bad(self, name):
        with self._async_lock_free(), self._lock:  #~ guard-across-await
            await save()

    @contextmanager
    def _async_lock_free(self):
        yield

    async def acquired_bad(self):
        self._lock.acquire()  #~ guard-across-await
        try:
            await save()
        finally:
            self._lock.release()

    async def released_before_ok(self):
        self._lock.acquire()
        try:
            self.value = 1
        finally:
            self._lock.release()
        await save()

    async def before_and_after_ok(self):
        with self._lock:
            self.value = 1
        await save()
        with self._lock:
            self.value = 2

    async def async_lock_ok(self):
        async with self._async_lock:
            await save()

    async def nested_function_ok(self):
        with self._lock:

            async def later():
                await save()

            self.later = later

    def sync_ok(self):
        with self._lock:
            return 1

    @contextmanager
    def locked(self):
        with self._lock:
            yield

    async def through_a_context_manager_bad(self):
        with self.locked():  #~ guard-across-await
            await save()


async def unknown_lock_ok(lock):
    with lock:
        await save()


async def annotated_bad(lock: threading.Lock):
    with lock:  #~ guard-across-await
        await save()
