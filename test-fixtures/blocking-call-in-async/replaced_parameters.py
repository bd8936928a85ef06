"""A parameter that is replaced only where another one was given is otherwise what was passed."""

import requests


def provider(model, base=None, options=None):
    if options:
        if base is None:
            base = options.base
    if base:
        requests.get(base)
    return model


def metadata(model, options=None):
    return provider(model, options=options)


async def nothing_given_ok():
    provider("m")
    metadata("m")


async def base_given_bad(url):
    provider("m", base=url)  #~ blocking-call-in-async: requests.get


async def options_given_bad(options):
    provider("m", options=options)  #~ blocking-call-in-async: requests.get


async def options_handed_on_bad(options):
    metadata("m", options)  #~ blocking-call-in-async: requests.get
