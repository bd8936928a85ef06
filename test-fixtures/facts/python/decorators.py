import time

from fastapi import APIRouter

router = APIRouter()


def in_thread(function):
    def wrapper(*args, **kwargs):
        return pool.submit(function, *args, **kwargs)

    return wrapper


@router.get("/x")
def sync_route(name: str = Depends(current)):
    time.sleep(1)


class Task:
    @in_thread
    def reload(self):
        time.sleep(1)

    @tracer.wrap()
    @staticmethod
    def helper():
        @wraps(Task)
        async def inner(delay=time.time()):
            time.sleep(delay)

        return inner


@dataclass(frozen=True)
class Point:
    x: int = 0
    y: "int | None" = field(default=None)
