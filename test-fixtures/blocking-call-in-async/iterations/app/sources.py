import time


class Client:
    def load(self):
        time.sleep(1)


def pages():
    for n in range(3):
        time.sleep(1)
        yield n


def clients():
    yield Client()


def chained():
    yield from pages()


def lazily():
    return (page for page in pages())


class Rows:
    def __iter__(self):
        time.sleep(1)
        return iter([])


class Cursor:
    def __iter__(self):
        return self

    def __next__(self):
        time.sleep(1)
        return Client()


class Table:
    def __iter__(self):
        yield from pages()


class Quiet:
    def __iter__(self):
        return iter([1])


async def async_pages_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
    yield 1
