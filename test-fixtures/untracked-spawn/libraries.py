import asyncio
import weakref

from telegram.ext import Application

tasks = weakref.WeakSet()


async def work():
    pass


async def weakly_held():
    tasks.add(asyncio.create_task(work()))  #~ MISSED untracked-spawn: a weak set keeps no task


async def held_by_the_application_ok(application: Application):
    application.create_task(work())
