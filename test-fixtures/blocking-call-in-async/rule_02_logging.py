"""What a logger's handlers and filters do is not followed."""

import logging
import time

logger = logging.getLogger(__name__)


class SlowHandler(logging.Handler):
    def emit(self, record):
        time.sleep(1)

    def forward(self, record):
        time.sleep(1)


logger.addHandler(SlowHandler())


async def logger_ok():
    logger.info("started")
    logging.warning("late")


async def not_logging_bad():
    SlowHandler().forward(None)  #~ blocking-call-in-async


class SlowFilter(logging.Filter):
    def filter(self, record):
        time.sleep(1)
        return True


class Adapter(logging.LoggerAdapter):
    def process(self, message, arguments):
        return message, arguments


adapter = Adapter(logger, {})
logger.addFilter(SlowFilter())


async def every_level_ok(error):
    logger.debug("x")
    logger.exception("x", exc_info=error)
    logger.log(logging.INFO, "x")
    logger.getChild("a").warning("x")
    adapter.info("x")
    logger.isEnabledFor(logging.DEBUG)


class Logged:
    def __init__(self):
        self.log = logging.getLogger("x")

    async def attribute_ok(self):
        self.log.error("x")


async def argument_of_a_logger_bad():
    logger.info("%s", slow())  #~ blocking-call-in-async: time.sleep


def slow():
    time.sleep(1)


class Logger:
    """Has the name only."""

    def info(self, message):
        time.sleep(1)


async def logger_of_the_project_bad():
    Logger().info("x")  #~ blocking-call-in-async: time.sleep
