import time

import pytest


@pytest.fixture
def prepared_ok():
    time.sleep(1)


def test_plain_ok(prepared):
    time.sleep(1)


class TestPlain:
    def test_of_a_class_ok(self):
        time.sleep(1)


@pytest.mark.asyncio
async def test_async_ok():
    time.sleep(1)
