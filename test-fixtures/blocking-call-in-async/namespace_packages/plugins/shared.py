import time


def pause():
    time.sleep(1)


def no_pause():
    return None
