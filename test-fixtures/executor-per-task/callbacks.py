"""Functions that something calls for each of many items."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def work(item):
    return item


def in_pool(item):
    with ThreadPoolExecutor() as inner:  #~ executor-per-task: in `in_pool`, which `concurrent.futures.Executor.map` runs for each of many items
        return inner.submit(work, item).result()


def fan_out(items):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(in_pool, items))


def submitted(item):
    with ThreadPoolExecutor() as inner:
        return inner.submit(work, item).result()


def submit_all_bad(items):
    with ProcessPoolExecutor() as pool:
        for item in items:
            pool.submit(submitted, item)  #~ executor-per-task: on every turn of a loop


def each(items, callback):
    for item in items:
        callback(item)


def on_item(item):
    with ThreadPoolExecutor() as pool:  #~ executor-per-task: in `on_item`, which `each` runs for each of many items
        pool.submit(work, item)  #~ lost-task-error


def by_own_helper(items):
    each(items, on_item)


def mapped(items):
    return list(map(on_single, items))


def on_single(item):
    with ThreadPoolExecutor() as pool:  #~ executor-per-task: in `on_single`
        return pool.submit(work, item).result()


def once(callback):
    callback(1)


def on_one(item):
    with ThreadPoolExecutor() as pool:
        pool.submit(work, item)  #~ lost-task-error


def once_ok():
    once(on_one)
