import asyncio
import threading


def spawn(coroutine):
    task = asyncio.create_task(coroutine)
    return task


def spawn_twice_removed(coroutine):
    return spawn(coroutine)


def start_thread(target):
    thread = threading.Thread(target=target)
    thread.start()
    return thread


_tasks = set()


def spawn_kept(coroutine):
    task = asyncio.create_task(coroutine)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    return task
