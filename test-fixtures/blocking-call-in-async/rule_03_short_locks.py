"""A lock blocks if some section that holds it does."""

import threading
import time

import requests


class Counter:
    def __init__(self):
        self._lock = threading.Lock()
        self._value = 0

    def increment(self):
        with self._lock:
            self._value += 1

    async def short_sections_ok(self):
        with self._lock:
            self._value += 1
        self.increment()


class Tokens:
    def __init__(self):
        self._lock = threading.Lock()
        self._token = None

    def refresh(self):
        with self._lock:
            self._token = requests.post("https://example.org/token").json()

    async def short_section_of_a_slow_lock_bad(self):
        with self._lock:  #~ blocking-call-in-async
            return self._token

    async def section_that_blocks_bad(self):
        self.refresh()  #~ blocking-call-in-async


class Worse:
    """A harmless lock does not hide a worse call behind it."""

    def __init__(self):
        self._lock = threading.Lock()

    def work(self):
        with self._lock:
            pass
        time.sleep(1)

    async def lock_then_sleep_bad(self):
        self.work()  #~ blocking-call-in-async: time.sleep


class OneOfTwo:
    def __init__(self):
        self._fast = threading.Lock()
        self._slow = threading.Lock()

    def slow(self):
        with self._slow:
            time.sleep(1)

    async def another_lock_ok(self):
        with self._fast:
            pass


class ThroughHelpers:
    def __init__(self):
        self._lock = threading.RLock()

    def _fetch(self):
        return requests.get("https://example.org")

    def refresh(self):
        with self._lock:
            self._fetch()

    def peek(self):
        with self._lock:
            return 1

    async def slow_through_a_helper_bad(self):
        self.peek()  #~ blocking-call-in-async


class ProcessUnderLock:
    """A lock over a brief file access is as short as any."""

    def __init__(self):
        self._lock = threading.Lock()
        self._items = []

    def add(self, item):
        with self._lock:
            self._items.append(item)

    async def add_ok(self, item):
        self.add(item)


class Semaphored:
    def __init__(self):
        self._slots = threading.Semaphore(4)

    async def short_ok(self):
        with self._slots:
            return 1
