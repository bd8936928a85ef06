"""What a server does before it serves, and after, keeps nobody waiting: at most possible."""

import time
from contextlib import asynccontextmanager

from fastapi import FastAPI


async def warm_up():
    time.sleep(1)


async def refresh():
    time.sleep(1)  #~ blocking-call-in-async


@asynccontextmanager
async def lifespan_ok(app: FastAPI):
    time.sleep(1)
    await warm_up()
    await refresh()
    yield
    time.sleep(1)


app = FastAPI(title="x", lifespan=lifespan_ok)


@app.on_event("startup")
async def on_start_ok():
    time.sleep(1)


@app.get("/")
async def handler_bad():
    time.sleep(1)  #~ blocking-call-in-async
    await refresh()


@asynccontextmanager
async def other_lifespan_bad(app: FastAPI):
    time.sleep(1)  #~ blocking-call-in-async
    yield
