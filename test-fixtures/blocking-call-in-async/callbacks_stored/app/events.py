import asyncio
from typing import Callable


class Emitter:
    def __init__(self, on_event=None):
        self.on_event = on_event
        self.listeners = []
        self.actions: dict[str, Callable] = {}

    def add(self, listener):
        self.listeners.append(listener)

    def emit(self):
        for listener in self.listeners:
            listener()

    def fire(self):
        if self.on_event:
            self.on_event()

    async def fire_in_thread(self):
        await asyncio.to_thread(self.on_event)


class Job:
    def __init__(self, action):
        self._action = action

    def run(self):
        return self._action()

    async def run_in_thread(self):
        return await asyncio.to_thread(self._action)


class Fixed:
    def __init__(self):
        self.action = pause
        self.quick = nothing

    def run(self):
        self.action()

    def run_quick(self):
        self.quick()


def pause():
    import time

    time.sleep(1)


def nothing():
    return None


ACTIONS = {"pause": pause, "nothing": nothing}
HARMLESS = {"nothing": nothing}
