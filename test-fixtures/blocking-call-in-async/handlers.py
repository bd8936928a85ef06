"""A framework runs plain handlers on a worker thread and async ones on the loop."""

import time

from fastapi import APIRouter, Depends, FastAPI

app = FastAPI()
router = APIRouter()


@app.get("/plain")
def plain_ok():
    time.sleep(1)


@app.get("/async")
async def async_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


@router.post("/async")
async def on_a_router_bad():
    helper()  #~ blocking-call-in-async


def dependency_ok():
    time.sleep(1)


@app.get("/depends")
async def depends_ok(value=Depends(dependency_ok)):
    return value


def helper():
    time.sleep(1)
