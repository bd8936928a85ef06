def call(function, *args):
    return function(*args)


class Pool:
    def run(self, function):
        return function()


pool = Pool()
