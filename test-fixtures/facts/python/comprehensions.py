import asyncio


async def existing(root):
    return [await f(p) for p in root.iterdir() if p.exists()]


async def lazily(root):
    names = (read(p) for p in root.iterdir() for line in p.open() if line)
    await asyncio.gather(*(f(p) for p in names))
    return any(p.is_dir() for p in root.iterdir())


async def streamed(source):
    return {key: await load(key) async for key in source if await wanted(key)}
