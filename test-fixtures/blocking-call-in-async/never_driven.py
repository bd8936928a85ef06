"""A nested coroutine that every caller drops never runs."""

import time


class Engine:
    def call(self, is_async):
        if is_async:

            async def run_ok():
                time.sleep(1)

            return run_ok()
        return None

    def called(self):
        async def awaited_bad():
            time.sleep(1)  #~ blocking-call-in-async

        return awaited_bad()

    def given_away(self):
        async def for_others_bad():
            time.sleep(1)  #~ blocking-call-in-async

        return for_others_bad()


def drive(engine: Engine):
    engine.call(True)


async def drive_all(engine: Engine):
    await engine.called()
