"""Runs fixtures and compares what happens with what they promise.

A fixture that says `#@ runs` in its first lines needs nothing but the standard library. Each of its coroutine
functions `…_bad` and `…_ok` that can be called without arguments runs on a loop of its own: the bad ones must show
what their lint is about (they block the loop, raise, warn, or survive their cancellation), the good ones must not.
Functions of classes run on an object that is made without arguments.
"""

import asyncio
import gc
import importlib.util
import inspect
import os
import sys
import tempfile
import warnings
from pathlib import Path

from blockbuster import BlockBuster, BlockingError

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "test-fixtures"

# What a lint's bad functions do.
SHOWS = {
    "blocking-call-in-async": "blocks",
    "blocking-wait-in-async": "blocks",
    "file-access-in-async": "blocks",
    "nested-event-loop": "raises",
    "swallowed-cancellation": "survives",
    "unawaited-future": "warns",
    "misused-coroutine": "warns",
}
LIMIT = 5  # seconds for one function


def main():
    wrong = []
    ran = 0
    for path in sorted(FIXTURES.glob("*/*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()[:3]
        if "#@ runs" not in lines:
            continue
        lint = path.parent.name
        for name, function in functions(load(path)):
            ran += 1
            seen = outcome(function, lint)
            expected = {SHOWS[lint]} if name.endswith("_bad") else set()
            if seen != expected:
                wrong.append(f"{path.relative_to(ROOT)}: `{name}` {words(seen)}, expected: {words(expected)}")
    print(f"{ran} functions of fixtures ran, {len(wrong)} differ from what unsnarl is expected to say")
    for line in wrong:
        print(line)
    if ran == 0:
        print("no fixture says `#@ runs`")
    return 1 if wrong or ran == 0 else 0


def words(seen):
    return " and ".join(sorted(seen)) or "nothing"


def load(path):
    spec = importlib.util.spec_from_file_location(f"fixture_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def functions(module):
    for name, value in list(vars(module).items()):
        if inspect.iscoroutinefunction(value) and is_judged(name) and not inspect.signature(value).parameters:
            yield name, value
        if inspect.isclass(value) and value.__module__ == module.__name__:
            for method, function in list(vars(value).items()):
                if inspect.iscoroutinefunction(function) and is_judged(method):
                    if len(inspect.signature(function).parameters) == 1:
                        yield f"{name}.{method}", bound(value, method)


def bound(cls, method):
    async def call():
        return await getattr(cls(), method)()

    return call


def is_judged(name):
    return name.endswith(("_bad", "_ok"))


def outcome(function, lint):
    """What running the function shows: a set of the words of SHOWS."""
    seen = set()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        os.chdir(folder)
        try:
            if lint == "swallowed-cancellation":
                seen |= asyncio.run(cancelled(function))
            else:
                asyncio.run(watched(function))
        except BlockingError:
            seen.add("blocks")
        except RuntimeError as error:
            if "event loop" not in str(error):
                raise
            seen.add("raises")
        except TypeError as error:
            if "coroutine" not in str(error):
                raise
            seen.add("warns")
        finally:
            gc.collect()
            os.chdir(ROOT)
        if lint != "nested-event-loop" and any("was never awaited" in str(it.message) for it in caught):
            seen.add("warns")
    return seen


async def watched(function):
    """Runs the function with a watch over calls that block."""
    blockbuster = BlockBuster()
    blockbuster.activate()
    try:
        return await asyncio.wait_for(function(), LIMIT)
    finally:
        blockbuster.deactivate()


async def cancelled(function):
    """Cancels the function while it waits, and looks whether it ended by that; cancels again until it ends."""
    task = asyncio.create_task(function())
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.wait([task], timeout=0.2)
    if task.done() and task.cancelled():
        return set()
    for _ in range(100):
        if task.done():
            return {"survives"}
        task.cancel()
        await asyncio.sleep(0.01)
    sys.exit(f"`{function.__name__}` does not end: a fixture that runs must turn its loops a few times only")


if __name__ == "__main__":
    sys.exit(main())
