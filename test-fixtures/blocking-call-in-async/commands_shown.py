#@ min-certainty: possible
"""What only commands and scripts reach is told where possible findings are asked for."""
import asyncio
import time

import anyio
import click
import cyclopts
import requests
import typer

typer_app = typer.Typer()
app = cyclopts.App(name="tool")


@click.command()
def click_alone():
    anyio.run(with_arguments_bad, "x")


async def with_arguments_bad(name):
    requests.get(name)  #~ blocking-call-in-async: requests.get


@typer_app.command()
def typer_command(name: str):
    asyncio.run(typer_step_bad(name))


async def typer_step_bad(name):
    requests.get(name)  #~ blocking-call-in-async: requests.get


@app.command
async def cyclopts_command_bad(name: str):
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


@app.default
async def cyclopts_default_bad():
    requests.get("https://example.org")  #~ blocking-call-in-async: requests.get


@app.command
def sync_command_ok():
    time.sleep(1)
