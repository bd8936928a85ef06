"""What a stack entered ends when the stack does."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack


class Worker:
    def __init__(self):
        self.stack = AsyncExitStack()
        self.executor = ThreadPoolExecutor(2)

    async def open_bad(self):
        await self.stack.__aenter__()
        self.stack.enter_context(self.executor)  #~ MISSED blocking-wait-in-async: what a stack entered is not followed to where it ends
