from concurrent.futures import ProcessPoolExecutor


def make(size):
    return ProcessPoolExecutor(size)


def compress_one(path):
    with make(4) as pool:
        return pool.submit(len, path).result()
