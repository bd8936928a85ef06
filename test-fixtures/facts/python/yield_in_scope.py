from contextlib import asynccontextmanager


async def rows(group):
    async with group() as tasks:
        async for row in source():
            tasks.start_soon(handle, row)
            yield row


@asynccontextmanager
async def session(pool):
    async with pool.acquire() as connection:
        result = yield connection
        await connection.commit(result)


def chained(parts):
    for part in parts:
        yield from part.rows()
    return (yield)
