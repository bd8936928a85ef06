import asyncio
import queue
import threading
import time

import ghost
from store import Store, settings

jobs: queue.Queue = queue.Queue()


def refresh(wait=False):
    if wait:
        time.sleep(2)


# unsnarl: non-blocking(reason = "the file is on a memory disk")
def version():
    return open("/dev/shm/version").read()


def report(path):
    with open(path) as file:
        return file.read()


async def handler(request, store: Store):
    request.session.load()
    ghost.connect("here").send()
    store.backend.flush()
    refresh()
    refresh(wait=True)
    version()
    settings()
    jobs.get(block=False)
    time.sleep(1)  # unsnarl: allow(blocking-call-in-async, reason = "shown at the start")
    await asyncio.to_thread(report, "a.txt")
    await asyncio.sleep(1)
    if threading.current_thread() is not threading.main_thread():
        time.sleep(1)
    return store.save("b.txt")
