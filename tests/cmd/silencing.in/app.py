import asyncio
import time


@time.sleep(1)
async def work(items):
    if items: time.sleep(1); asyncio.create_task(work(items))
    elif time.sleep(2):
        pass
    print(
        time.sleep(3),
        f"""
        {time.sleep(4)}
        """,
    )
    # unsnarl: allow(untracked-spawn, reason = "known")
    asyncio.create_task(work(time.sleep(5)))
    value = 1 + \
        time.sleep(6)
    return value
