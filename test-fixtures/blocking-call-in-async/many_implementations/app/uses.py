from app.base import Config
from app.kinds import Five, One, Two


async def one_of_six_bad(config: Config, response):
    return config.transform(response)  #~ blocking-call-in-async: time.sleep


async def nobody_waits_ok(config: Config):
    return config.name()


async def known_class_ok(response):
    return Two().transform(response)


async def below_a_quiet_class_ok(config: One, response):
    return config.transform(response)


async def without_a_body_bad(config: Config):
    config.validate()  #~ MISSED blocking-call-in-async: one of two, under a decorator that only hands on: possible


async def hook_bad(config: Config):
    config.on_end()  #~ blocking-call-in-async: time.sleep


async def hook_of_a_known_class_ok():
    One().on_end()


async def awaited_ok(config: Config):
    await config.send()


class Wrapped(Five):
    def on_end(self):
        super().on_end()


class Outer(Config):
    def on_end(self):
        super().on_end()

    async def through_super_ok(self):
        super().on_end()
