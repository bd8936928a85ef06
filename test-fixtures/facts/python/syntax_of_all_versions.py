import asyncio


class Box[T = int, *Ts = *tuple[int, ...], **P = [int, str]]:
    item: T


def first[T: (int, str) = int](items: list[T]) -> T:
    return items[0]


type Pair[A, B = A] = tuple[A, B]


async def squares(x, delay=0.5, /, *, limit: int = 0x10):
    total = await x ** 2
    try:
        total += await asyncio.sleep(delay, 1_000)
    except ValueError, TypeError:
        pass
    except* OSError as group:
        raise group
    return f"{total!r:>{limit}} {", ".join(f"{n}" for n in (1, 2))}"


def walrus(lines):
    while (line := next(lines)) is not None:
        print(line)
    found = [last := y for y in lines if (z := y) > 1]
    return last, z, found


async def comprehensions(source):
    pairs = {key: value async for key, value in source if key}
    lazy = (await load(item) for item in pairs)
    return [inner for outer in source for inner in outer], {*pairs}, lazy


def positions(a, b=1, /, c=2, *rest, d, e=3, **named):
    first, *middle, final = rest
    return call(a, *rest, d, key=e, **named)[a, 1:2], first, middle, final


def matched(command):
    match command:
        case ["go", ("north" | "south") as direction]:
            return direction
        case Point(x=0, y=y) | Point(y, 0):
            return y
        case {"action": str(action), **rest} if rest:
            return action
        case [first, *_, last]:
            return first, last
        case -1 | 2.5 | None | True:
            return None
        case (single):
            return single


template = t"hello {asyncio}"
lambda x, *y, z=1, **w: (x, y, z, w)
with (open("a") as a, open("b") as b,):
    del a, b.name, template[0]
print >>a, "old"
global_name: int
