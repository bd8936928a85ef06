import time
import unittest

import pytest
import pytest_asyncio


@pytest.fixture
async def client_ok():
    time.sleep(1)


@pytest_asyncio.fixture
async def server_ok():
    time.sleep(1)


@unittest.skip("slow")
async def skipped_ok():
    time.sleep(1)
