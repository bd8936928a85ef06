import time

import requests


async def on_the_line_ok():
    time.sleep(1)  # unsnarl: allow(blocking-call-in-async, reason = "one task")


async def above_the_statement_ok():
    # unsnarl: allow(blocking-call-in-async)
    time.sleep(1)


# unsnarl: allow(blocking-call-in-async)
async def on_the_function_ok():
    time.sleep(1)
    requests.get("https://example.org")


def helper():
    time.sleep(1)  # unsnarl: allow(blocking-call-in-async, reason = "microseconds in fact")


async def at_the_end_of_the_chain_ok():
    helper()


# unsnarl: non-blocking(reason = "answers from its cache")
def cached():
    return requests.get("https://example.org")


async def cut_in_between_ok():
    cached()


async def another_lint_bad():
    # unsnarl: allow(untracked-spawn)
    time.sleep(1)  #~ blocking-call-in-async: time.sleep


async def next_statement_bad():
    # unsnarl: allow(blocking-call-in-async)
    time.sleep(1)
    time.sleep(2)  #~ blocking-call-in-async: time.sleep
