import distributed
import gevent.threadpool
import joblib
import multiprocessing
from tqdm.contrib.concurrent import process_map, thread_map


def compute(items):
    return items


def parallel_bad(batches):
    for batch in batches:
        joblib.Parallel(n_jobs=4)(joblib.delayed(compute)(item) for item in batch)  #~ executor-per-task: joblib


def maps_of_turns(batches):
    for batch in batches:
        thread_map(compute, batch)  #~ MISSED executor-per-task: what differs on each turn may be the size of the pool
        process_map(compute, batch, max_workers=4)  #~ MISSED executor-per-task: likewise


def maps_bad(batches):
    for _ in range(3):
        thread_map(compute, batches)  #~ executor-per-task: thread_map


def clusters_bad(batches):
    for batch in batches:
        with distributed.Client() as client:  #~ executor-per-task: distributed
            client.gather(client.map(compute, batch))


def threads_bad(batches):
    for batch in batches:
        pool = gevent.threadpool.ThreadPool(4)  #~ executor-per-task: gevent
        for item in batch:
            pool.spawn(compute, item)


def contexts_bad(batches):
    for batch in batches:
        with multiprocessing.get_context("spawn").Pool(4) as pool:  #~ executor-per-task: Pool
            pool.map(compute, batch)


def one_pool_ok(batches):
    with joblib.Parallel(n_jobs=4) as pool:
        for batch in batches:
            pool(joblib.delayed(compute)(item) for item in batch)


def one_map_ok(batches):
    return thread_map(compute, batches)
