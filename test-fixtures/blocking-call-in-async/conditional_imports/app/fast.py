import time


def dump(value):
    time.sleep(1)


def parse(value):
    return value
