from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(max_workers=50)
