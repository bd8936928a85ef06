"""What only commands and scripts reach: at most possible."""

import asyncio
import time

import anyio
import click
import cyclopts
import requests
import typer

typer_app = typer.Typer()
app = cyclopts.App(name="tool")


@click.group()
def cli():
    pass


@cli.command()
@click.option("--name")
def click_command_ok(name):
    asyncio.run(click_step())


async def click_step():
    time.sleep(1)


@click.command()
def click_alone_ok():
    anyio.run(with_arguments, "x")


async def with_arguments(name):
    requests.get(name)


@typer_app.command()
def typer_command_ok(name: str):
    asyncio.run(typer_step(name))


async def typer_step(name):
    requests.get(name)
    await typer_step_below()


async def typer_step_below():
    time.sleep(1)


@app.command
async def cyclopts_command_ok(name: str):
    time.sleep(1)


@app.command(name="other")
async def cyclopts_called_ok():
    time.sleep(1)


@app.default
async def cyclopts_default_ok():
    requests.get("https://example.org")


async def background_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


@app.command
async def starts_a_task():
    task = asyncio.create_task(background_bad())
    await task


async def shared_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


@app.command
async def uses_shared():
    await shared_bad()


async def handler():
    await shared_bad()


async def nobody_calls_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


@cli.group()
def admin():
    pass


@admin.command()
def of_a_group_of_a_group_ok():
    asyncio.run(step_of_a_group_of_a_group())


async def step_of_a_group_of_a_group():
    time.sleep(1)


def plain():
    pass


@plain.command()
async def of_a_plain_function_bad():
    time.sleep(1)  #~ blocking-call-in-async: time.sleep
