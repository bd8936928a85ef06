"""What users of other tools complain of: each of these is one pool. Beside it, what must still be told."""

import asyncio
import atexit
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(max_workers=4)
atexit.register(POOL.shutdown)


class Exporter:
    def __init__(self):
        self._executor = ThreadPoolExecutor(max_workers=1)

    def shutdown(self):
        self._executor.shutdown()

    def export_ok(self, spans):
        return self._executor.submit(print, spans)


async def pool_of_the_module_ok():
    return await asyncio.get_running_loop().run_in_executor(POOL, print)


def one_pool_for_all_ok(items):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(print, items))


def one_pool_each_bad(items):
    for item in items:
        with ThreadPoolExecutor() as pool:  #~ executor-per-task
            list(pool.map(print, item))
