import asyncio
import signal
import time


def on_timer(handle=None):
    time.sleep(1)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(5, on_timer)
    loop.call_soon(lambda: time.sleep(1))
    loop.add_signal_handler(signal.SIGTERM, on_timer)
    task = asyncio.create_task(serve())
    task.add_done_callback(lambda done, path=PATH: path.write_text(done.result()))
    await task
