import sys
from typing import TYPE_CHECKING

try:
    from app.fast import dump, parse
except ImportError:
    from app.slow import dump, parse

if sys.version_info >= (3, 11):
    from app.fast import dump as write
else:
    from app.slow import only_here as write

if TYPE_CHECKING:
    from app.slow import only_here
else:

    def only_here(value):
        return value


try:
    import missing_library
except ImportError:
    missing_library = None


async def first_branch_bad(value):
    return dump(value)  #~ blocking-call-in-async: time.sleep


async def second_branch_bad(value):
    return parse(value)  #~ blocking-call-in-async: time.sleep


async def by_version_bad(value):
    write(value)  #~ blocking-call-in-async: time.sleep


async def only_for_types_ok(value):
    only_here(value)


async def missing_ok(value):
    missing_library.dump(value)


async def imported_here_bad(value):
    from app.slow import parse as read

    return read(value)  #~ blocking-call-in-async: time.sleep


async def imported_in_a_branch_bad(value, is_slow):
    if is_slow:
        from app.slow import parse as read
    else:
        from app.fast import parse as read
    return read(value)  #~ blocking-call-in-async: time.sleep


async def another_name_imported_here_ok(value):
    from app.fast import parse as dump

    return dump(value)
