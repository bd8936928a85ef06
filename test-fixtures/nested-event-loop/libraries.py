import aiohttp.web
import discord
import uvicorn
import uvloop
from asgiref.sync import async_to_sync
from telegram.ext import Application


async def work():
    pass


async def converted_bad():
    async_to_sync(work)()  #~ nested-event-loop: asgiref


async def server_bad(app):
    uvicorn.run(app)  #~ nested-event-loop: uvicorn.run


async def server_ok(config: uvicorn.Config):
    await uvicorn.Server(config).serve()


async def web_bad(app):
    aiohttp.web.run_app(app)  #~ nested-event-loop: aiohttp.web.run_app


async def other_loop_bad():
    uvloop.run(work())  #~ nested-event-loop: uvloop.run


async def discord_bad(client: discord.Client):
    client.run("token")  #~ nested-event-loop: run


async def discord_ok(client: discord.Client):
    await client.start("token")


async def telegram_bad(application: Application):
    application.run_polling()  #~ nested-event-loop: run_polling


def main():
    uvloop.run(work())
