from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def threads_bad():
    return ThreadPoolExecutor(11)  #~ oversized-worker-count: 11 threads, more than 10


def processes_ok():
    return ProcessPoolExecutor(400)
