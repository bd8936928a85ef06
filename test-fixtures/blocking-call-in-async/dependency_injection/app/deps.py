import time
from typing import Annotated

import requests
from fastapi import Depends


class Session:
    def load(self):
        return requests.get("x")


def get_session_ok() -> Session:
    time.sleep(1)
    return Session()


async def get_user_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
    return "x"


def yield_session_ok():
    time.sleep(1)
    yield Session()


class Pagination:
    def __init__(self, page: int = 1):
        time.sleep(1)


class Checker:
    def __call__(self):
        time.sleep(1)


check = Checker()
SessionDep = Annotated[Session, Depends(get_session_ok)]
User = Annotated[str, Depends(get_user_bad)]
