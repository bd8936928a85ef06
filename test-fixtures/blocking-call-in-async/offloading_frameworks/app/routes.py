import time
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Security
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.endpoints import HTTPEndpoint
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

app = FastAPI()
router = APIRouter()


def load():
    time.sleep(1)


@app.get("/a")
def route_ok():
    load()


@app.get("/b")
async def async_route_bad():
    load()  #~ blocking-call-in-async: time.sleep


@router.api_route("/c", methods=["GET"])
def api_route_ok():
    load()


@app.middleware("http")
async def middleware_bad(request, call_next):
    load()  #~ blocking-call-in-async: time.sleep
    return await call_next(request)


@app.exception_handler(ValueError)
def exception_handler_ok(request, error):
    load()


@app.exception_handler(KeyError)
async def async_exception_handler_bad(request, error):
    load()  #~ blocking-call-in-async: time.sleep


@app.websocket("/ws")
async def websocket_bad(socket):
    load()  #~ blocking-call-in-async: time.sleep


def dependency_ok():
    load()


def generator_dependency_ok():
    load()
    yield 1
    load()


async def async_dependency_bad():
    load()  #~ blocking-call-in-async: time.sleep


class ClassDependency:
    def __init__(self, name: str = ""):
        load()


class CallableDependency:
    def __call__(self, name: str = ""):
        load()


class AsyncCallableDependency:
    async def __call__(self, name: str = ""):
        load()  #~ blocking-call-in-async: time.sleep


checks = CallableDependency()
async_checks = AsyncCallableDependency()


@router.get("/d", dependencies=[Depends(dependency_ok), Depends(checks)])
async def depends_ok(
    a: Annotated[None, Depends(dependency_ok)],
    b: Annotated[int, Depends(generator_dependency_ok)],
    c: Annotated[ClassDependency, Depends()],
    d=Security(dependency_ok, scopes=["x"]),
    e=Depends(async_checks),
    f=Depends(async_dependency_bad),
):
    return a


def in_the_background_ok(name):
    load()


async def on_the_loop_in_the_background_bad(name):
    load()  #~ blocking-call-in-async: time.sleep


@router.post("/e")
async def background_ok(tasks: BackgroundTasks):
    tasks.add_task(in_the_background_ok, "x")
    tasks.add_task(func=lambda: load())
    tasks.add_task(on_the_loop_in_the_background_bad, "x")
    return PlainTextResponse("x", background=BackgroundTask(in_the_background_ok, "x"))


def starlette_plain_ok(request):
    load()
    return PlainTextResponse("x")


async def starlette_async_bad(request):
    load()  #~ blocking-call-in-async: time.sleep
    return PlainTextResponse("x")


class PlainEndpoint(HTTPEndpoint):
    def get(self, request):
        load()
        return PlainTextResponse("x")


class AsyncEndpoint(HTTPEndpoint):
    async def get(self, request):
        load()  #~ blocking-call-in-async: time.sleep
        return PlainTextResponse("x")


class Middleware(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        load()  #~ blocking-call-in-async: time.sleep
        return await call_next(request)


class PlainAsgiMiddleware:
    def __init__(self, app):
        self.app = app
        load()

    async def __call__(self, scope, receive, send):
        load()  #~ blocking-call-in-async: time.sleep
        await self.app(scope, receive, send)


@asynccontextmanager
async def lifespan_ok(app):
    load()
    yield


starlette = Starlette(
    lifespan=lifespan_ok,
    routes=[
        Route("/a", starlette_plain_ok),
        Route("/b", endpoint=starlette_async_bad),
        Route("/c", PlainEndpoint),
        WebSocketRoute("/d", websocket_bad),
    ],
)


@app.on_event("startup")
def startup_ok():
    load()


@app.get("/f")
def used_both_ways_ok():
    load()


async def calls_the_route_bad():
    used_both_ways_ok()  #~ blocking-call-in-async: time.sleep
