"""The handle comes through helpers of another file."""

from .spawning import spawn, spawn_kept, spawn_twice_removed, start_thread


async def work():
    pass


def plain():
    pass


async def dropped_bad():
    spawn(work())  #~ untracked-spawn: asyncio.create_task


async def dropped_two_helpers_above_bad():
    spawn_twice_removed(work())  #~ untracked-spawn: asyncio.create_task


async def awaited_ok():
    await spawn_twice_removed(work())


async def kept_by_the_helper_ok():
    spawn_kept(work())


def thread_dropped_bad():
    start_thread(plain)  #~ untracked-spawn: Thread.start


def thread_joined_ok():
    start_thread(plain).join()
