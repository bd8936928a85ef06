import pools


class Base:
    def compress(self, path):
        return pools.compress_one(path)


class Service(Base):
    def compress_all_bad(self, paths):
        return [self.compress(path) for path in paths]  #~ executor-per-task: `Base.compress` makes a process pool

    def compress_first_ok(self, paths):
        return self.compress(paths[0])
