"""A section that waits makes every other section of the same lock wait; locks are told apart by their place."""

import threading

import requests

registry_lock = threading.Lock()
short_lock = threading.Lock()
registry = {}


def refresh_registry():
    with registry_lock:
        registry["x"] = requests.get("https://example.org")


async def short_section_of_a_module_lock_bad():
    with registry_lock:  #~ blocking-call-in-async
        return registry["x"]


async def short_module_lock_ok():
    with short_lock:
        return registry["x"]


def short_section():
    with registry_lock:
        return registry["x"]


async def short_section_of_a_helper_bad():
    return short_section()  #~ blocking-call-in-async


class Session:
    def __init__(self):
        self._lock = threading.Lock()
        self._stats_lock = threading.Lock()
        self._token = None
        self._hits = 0

    def login(self):
        with self._lock:
            self._fetch()

    def _fetch(self):
        self._token = requests.post("https://example.org")

    def token(self):
        with self._lock:
            return self._token

    def hit(self):
        with self._stats_lock:
            self._hits += 1

    async def short_section_bad(self):
        with self._lock:  #~ blocking-call-in-async
            return self._token

    async def short_section_of_a_method_bad(self):
        return self.token()  #~ blocking-call-in-async

    async def another_lock_of_the_object_ok(self):
        with self._stats_lock:
            self._hits += 1
        self.hit()


class Other:
    """The same name in another class is another lock."""

    def __init__(self):
        self._lock = threading.Lock()

    async def short_section_ok(self):
        with self._lock:
            return 1


class Derived(Session):
    async def inherited_lock_bad(self):
        with self._lock:  #~ blocking-call-in-async
            return self._token


class Outside:
    def __init__(self):
        self._lock = threading.Lock()

    def before_and_after(self):
        requests.get("https://example.org")
        with self._lock:
            self.value = 1
        requests.get("https://example.org")

    async def waits_outside_of_the_section_ok(self):
        with self._lock:
            return self.value


class Acquired:
    def __init__(self):
        self._lock = threading.Lock()

    def slow(self):
        with self._lock:
            requests.get("https://example.org")

    async def acquired_bad(self):
        self._lock.acquire()  #~ MISSED blocking-call-in-async: only `with` takes a lock whose sections are known
        self._lock.release()

    async def of_another_object_bad(self, other: Session):
        with other._lock:  #~ blocking-call-in-async
            return other._token
