from multiprocessing import Pool

pool = Pool(4)
results = pool.map(lambda item: item * 2, range(10))

if __name__ == "__main__":
    with Pool() as guarded:
        guarded.map(work, range(10))
else:
    pool = None
