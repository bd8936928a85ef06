import time


def dump(value):
    return value


def parse(value):
    time.sleep(1)


def only_here(value):
    time.sleep(1)
