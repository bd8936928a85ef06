import aiofiles
import aiofiles.os
import celery
import discord
import flask
import gevent
from asgiref.sync import async_to_sync, sync_to_async
from discord.ext import commands, tasks
from django.contrib.auth import alogin, login
from django.core.mail import send_mail
from django.db import connection, models, transaction
from django.shortcuts import aget_object_or_404, get_object_or_404
from playwright.async_api import async_playwright
from playwright.sync_api import Page, sync_playwright
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait
from starlette.concurrency import run_in_threadpool
from telegram.ext import Application, CommandHandler


class Book(models.Model):
    title = models.CharField(max_length=80)


async def django_bad(request, user):
    book = get_object_or_404(Book, pk=1)  #~ blocking-call-in-async: get_object_or_404
    print(book)
    book = Book.objects.get(pk=1)  #~ blocking-call-in-async: get
    book.save()  #~ blocking-call-in-async: save
    if Book.objects.filter(title="a").order_by("pk").exists():  #~ blocking-call-in-async: exists
        print(book)
    for other in Book.objects.exclude(pk=1):  #~ blocking-call-in-async: waits for the database
        print(other)
    login(request, user)  #~ blocking-call-in-async: login
    send_mail("a", "b", "c", ["d"])  #~ blocking-call-in-async: sends mail
    with transaction.atomic():  #~ blocking-call-in-async: transaction
        pass
    with connection.cursor() as cursor:
        cursor.execute("select 1")  #~ blocking-call-in-async: execute


async def django_ok(request, user):
    book = await aget_object_or_404(Book, pk=1)
    book = await Book.objects.aget(pk=1)
    await book.asave()
    if await Book.objects.filter(title="a").order_by("pk").aexists():
        print(book)
    async for other in Book.objects.exclude(pk=1):
        print(other)
    await alogin(request, user)
    await sync_to_async(send_mail)("a", "b", "c", ["d"])
    await sync_to_async(Book.objects.get)(pk=1)
    await run_in_threadpool(Book.objects.count)


@sync_to_async
def offloaded():
    return Book.objects.count()


async def django_offloaded_ok():
    return await offloaded()


app = flask.Flask(__name__)


@app.route("/")
def flask_view_ok():
    return str(Book.objects.count())


async def flask_server_bad():
    app.run()  #~ blocking-call-in-async: serves requests


worker = celery.Celery()


@worker.task
def background():
    return Book.objects.count()


async def celery_bad():
    worker.send_task("background")  #~ blocking-call-in-async: publishes to the broker


bot = commands.Bot("!", intents=discord.Intents.default())


@bot.command()
async def discord_command_bad(context):
    gevent.sleep(1)  #~ blocking-call-in-async: gevent.sleep
    await context.send("done")


@tasks.loop(seconds=5)
async def discord_loop_bad():
    Book.objects.count()  #~ blocking-call-in-async: count


async def telegram_bad(update, context):
    Book.objects.count()  #~ blocking-call-in-async: count
    await update.message.reply_text("done")


def telegram_main():
    application = Application.builder().token("a").build()
    application.add_handler(CommandHandler("start", telegram_bad))
    application.run_polling()


async def files_ok(path):
    await aiofiles.os.remove(path)
    async with aiofiles.open(path) as file:
        return await file.read()


async def browser_bad(page: Page):
    page.goto("https://example.org")  #~ blocking-call-in-async: goto
    page.get_by_role("button").click()  #~ blocking-call-in-async: click


async def started_browser_bad():
    with sync_playwright() as driver:  #~ blocking-call-in-async: its API fails on an event loop
        browser = driver.chromium.launch()  #~ blocking-call-in-async: launch
        browser.new_page()  #~ blocking-call-in-async: new_page


async def browser_ok():
    async with async_playwright() as driver:
        browser = await driver.chromium.launch()
        page = await browser.new_page()
        await page.goto("https://example.org")


async def selenium_bad():
    driver = webdriver.Chrome()  #~ blocking-call-in-async: starts a browser
    driver.get("https://example.org")  #~ blocking-call-in-async: get
    driver.find_element("id", "a").click()  #~ blocking-call-in-async: find_element
    #~^ blocking-call-in-async: click
    WebDriverWait(driver, 10).until(lambda it: it.title)  #~ blocking-call-in-async: polls the browser
