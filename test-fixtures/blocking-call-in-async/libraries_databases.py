import aiomysql
import aiosqlite
import asyncpg
import motor.motor_asyncio
import psycopg
import psycopg2
import psycopg2.extras
import pymongo
import pymysql
import redis
import redis.asyncio
import sqlalchemy
import sqlalchemy.ext.asyncio
from sqlalchemy.orm import Session, sessionmaker


async def psycopg_bad(url):
    with psycopg.connect(url) as connection:  #~ blocking-call-in-async: psycopg
        with connection.cursor() as cursor:
            cursor.execute("select 1")  #~ blocking-call-in-async: execute
            for row in cursor:  #~ blocking-call-in-async: reads the database
                print(row)


async def psycopg_ok(url):
    async with await psycopg.AsyncConnection.connect(url) as connection:
        async with connection.cursor() as cursor:
            await cursor.execute("select 1")
            async for row in cursor:
                print(row)


async def psycopg2_bad(url):
    connection = psycopg2.connect(url)  #~ blocking-call-in-async: psycopg2.connect
    cursor = connection.cursor()
    psycopg2.extras.execute_values(cursor, "insert", [])  #~ blocking-call-in-async: execute_values
    cursor.copy_expert("copy", None)  #~ blocking-call-in-async: copy_expert
    connection.commit()  #~ blocking-call-in-async: commit


async def pymysql_bad():
    connection = pymysql.connect(host="localhost")  #~ blocking-call-in-async: connects to the database
    with connection.cursor() as cursor:
        cursor.execute("select 1")  #~ blocking-call-in-async: execute
        return cursor.fetchone()  #~ blocking-call-in-async: fetchone


async def aiomysql_ok():
    async with aiomysql.connect(host="localhost") as connection:
        async with connection.cursor() as cursor:
            await cursor.execute("select 1")
            return await cursor.fetchone()


async def asyncpg_ok(url):
    connection = await asyncpg.connect(url)
    await connection.execute("select 1")
    async with asyncpg.create_pool(url) as pool:
        async with pool.acquire() as connection:
            return await connection.fetch("select 1")


async def aiosqlite_ok(path):
    async with aiosqlite.connect(path) as connection:
        await connection.execute("select 1")
        await connection.commit()


async def sqlalchemy_bad(url):
    engine = sqlalchemy.create_engine(url)
    sqlalchemy.MetaData().create_all(engine)  #~ blocking-call-in-async: create_all
    with engine.begin() as connection:  #~ blocking-call-in-async: begin
        connection.execute(sqlalchemy.text("select 1"))  #~ blocking-call-in-async: execute


async def session_bad(session: Session):
    session.query(int).filter_by(id=1).first()  #~ blocking-call-in-async: first
    session.get(int, 1)  #~ blocking-call-in-async: get
    session.flush()  #~ blocking-call-in-async: flush


make_session = sessionmaker()


async def made_session_bad():
    with make_session() as session:
        session.commit()  #~ blocking-call-in-async: commit


async def async_session_ok(engine: sqlalchemy.ext.asyncio.AsyncEngine):
    async with sqlalchemy.ext.asyncio.AsyncSession(engine) as session:
        await session.execute(sqlalchemy.text("select 1"))
        await session.commit()
        await session.run_sync(lambda sync: sync.flush())


async def redis_bad(client: redis.Redis):
    client.incr("key")  #~ blocking-call-in-async: incr
    client.blpop("key")  #~ blocking-call-in-async: waits until another client acts
    for key in client.scan_iter("*"):  #~ blocking-call-in-async: scan_iter
        print(key)
    with client.lock("key"):  #~ blocking-call-in-async: waits for a lock of the server
        pass
    listener = client.pubsub()
    listener.subscribe("news")  #~ blocking-call-in-async: subscribe
    for message in listener.listen():  #~ blocking-call-in-async: waits for messages
        print(message)


async def redis_ok(client: redis.asyncio.Redis):
    await client.incr("key")
    await client.blpop("key")
    async for key in client.scan_iter("*"):
        print(key)
    async with client.lock("key"):
        pass
    async with client.pipeline() as pipe:
        await pipe.execute()


async def pymongo_bad(url):
    client = pymongo.MongoClient(url)
    items = client["shop"]["items"]
    items.insert_one({})  #~ blocking-call-in-async: insert_one
    client.shop.orders.find_one({})  #~ blocking-call-in-async: find_one
    for item in items.find({}).sort("age"):  #~ blocking-call-in-async: waits for the database
        print(item)


async def pymongo_ok(url):
    client = pymongo.AsyncMongoClient(url)
    items = client["shop"]["items"]
    await items.insert_one({})
    await client.shop.orders.find_one({})
    async for item in items.find({}).sort("age"):
        print(item)


async def motor_ok(url):
    client = motor.motor_asyncio.AsyncIOMotorClient(url)
    items = client["shop"]["items"]
    await items.insert_one({})
    return await items.find({}).to_list(None)
