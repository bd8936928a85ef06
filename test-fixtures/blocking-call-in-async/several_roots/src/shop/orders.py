import time


def place():
    time.sleep(1)


def price():
    return 1
