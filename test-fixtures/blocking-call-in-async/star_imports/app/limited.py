import time

__all__ = ["told", "limit"] + ["also_told"]

limit = 3


def told():
    time.sleep(1)


def also_told():
    time.sleep(1)


def not_told():
    time.sleep(1)
