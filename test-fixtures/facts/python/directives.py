# unsnarl: allow(untracked-spawn, reason = "a script")

import time


# unsnarl: non-blocking(reason = "cached")
@cached
def helper():
    return read(
        "a",  # unsnarl: allow(file-access-in-async)
    )


def spawn():  # unsnarl: allow(untracked-spawn)
    # unsnarl: allow(blocking-call-in-async)
    time.sleep(1)
    a(); b()  # unsnarl: allow(x)
    # an ordinary comment about unsnarl: nothing
