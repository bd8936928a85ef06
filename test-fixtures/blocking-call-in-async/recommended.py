"""What is recommended stays silent."""

import asyncio
import os
import queue
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx

_pool = ThreadPoolExecutor(max_workers=min(32, (os.cpu_count() or 1) + 4))


async def async_client_ok(url):
    async with httpx.AsyncClient() as client:
        response = await client.get(url)
        return response.json()


async def async_process_ok(command):
    process = await asyncio.create_subprocess_exec(*command)
    return await process.wait()


async def popen_is_asked_ok(process: subprocess.Popen):
    return process.poll()


async def shared_pool_ok(function):
    return await asyncio.get_running_loop().run_in_executor(_pool, function)


async def async_queue_ok():
    jobs = asyncio.Queue(maxsize=10)
    await jobs.put(1)
    return await jobs.get()


async def timeouts_ok(coroutine):
    async with asyncio.timeout(3):
        await coroutine
    return await asyncio.wait_for(coroutine, 3)


async def event_ok():
    done = asyncio.Event()
    await done.wait()


async def clock_ok():
    return time.monotonic(), time.time(), time.perf_counter()


async def thread_safe_ok(loop: asyncio.AbstractEventLoop, function):
    loop.call_soon_threadsafe(function)


async def state_ok():
    return threading.current_thread().name, threading.active_count()


async def nowait_ok(jobs: queue.Queue):
    jobs.put_nowait(1)
    return jobs.get_nowait()


def thread_main_ok(jobs: queue.Queue):
    while True:
        job = jobs.get()
        time.sleep(job)
