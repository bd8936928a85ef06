"""What a framework or a command runs on a thread or process of its own is no root."""

import time

import click
import typer
from celery import Celery, shared_task
from django.http import HttpResponse
from django.views import View
from flask import Blueprint, Flask

celery = Celery("app")
flask = Flask("app")
blueprint = Blueprint("app", "app")
commands = typer.Typer()


def load():
    time.sleep(1)


@celery.task
def celery_task_ok():
    load()


@celery.task(bind=True, max_retries=3)
def bound_celery_task_ok(self):
    load()


@shared_task
def shared_task_ok():
    load()


@shared_task(name="x")
def shared_task_called_ok():
    load()


@click.command()
@click.option("--name")
def click_command_ok(name):
    load()


@commands.command()
def typer_command_ok(name: str):
    load()


@flask.route("/a")
def flask_view_ok():
    load()
    return "a"


@blueprint.get("/b")
def blueprint_view_ok():
    load()
    return "b"


@flask.before_request
def before_ok():
    load()


@flask.route("/c")
async def async_flask_view_bad():
    load()  #~ blocking-call-in-async: time.sleep
    return "c"


def django_view_ok(request):
    load()
    return HttpResponse("x")


async def django_async_view_bad(request):
    load()  #~ blocking-call-in-async: time.sleep
    return HttpResponse("x")


class PlainView(View):
    def get_ok(self, request):
        load()

    def get(self, request):
        load()
        return HttpResponse("x")


class AsyncView(View):
    async def get(self, request):
        load()  #~ blocking-call-in-async: time.sleep
        return HttpResponse("x")


def plain_test_ok():
    load()
