import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WORKERS: int = 2 * 64
DEFAULT = min(32, (os.cpu_count() or 1) + 4)
io_pool = ThreadPoolExecutor(max_workers=WORKERS)


def fan_out(tasks, workers=DEFAULT):
    count = os.cpu_count() or 4
    with ProcessPoolExecutor(max_workers=count * 4) as pool:
        return list(pool.map(work, tasks, chunksize=workers // 2))


def limited():
    return Semaphore(0), ThreadPoolExecutor(max_workers=10_000)
