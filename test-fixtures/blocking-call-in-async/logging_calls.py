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
