"""Loops, handlers and branches, and what leaves them."""


def search(items, wanted):
    for number, item in enumerate(items):
        if item == wanted:
            break
        elif not item:
            continue
        else:
            log(item)
    else:
        return None
    while True:
        if done():
            return number
    return wanted


def guarded(path):
    try:
        file = open(path)
    except (OSError, errors.Missing) as error:
        if error.errno == 2:
            return None
        raise
    except ValueError as wrong:
        raise wrong
    except:
        raise RuntimeError(path) from None
    else:
        return file
    finally:
        closed(path)


def decided(a, b):
    assert isinstance(a, Path), f"no path: {a}"
    c = a if b else a or b and a.parent
    return not c and 0 < len(c) < limit(b)


def shadowed(x):
    def x(y=x):
        nonlocal_free = y
        return lambda: (nonlocal_free, x)

    class Local(x):
        field = x
        other = field

        def method(self):
            return field

    return Local


if __name__ == "__main__":
    search([], 1)
