import time


def load():
    time.sleep(1)


def fetch():
    time.sleep(1)
