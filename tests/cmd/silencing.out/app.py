import asyncio
import time


@time.sleep(1)
async def work(items):
    # unsnarl: allow(blocking-call-in-async, untracked-spawn, reason = "mended later")
    if items: time.sleep(1); asyncio.create_task(work(items))
    elif time.sleep(2):
        pass
    # unsnarl: allow(blocking-call-in-async, reason = "mended later")
    print(
        time.sleep(3),
        f"""
        {time.sleep(4)}
        """,
    )
    # unsnarl: allow(untracked-spawn, blocking-call-in-async, reason = "known")
    asyncio.create_task(work(time.sleep(5)))
    # unsnarl: allow(blocking-call-in-async, reason = "mended later")
    value = 1 + /
        time.sleep(6)
    return value
