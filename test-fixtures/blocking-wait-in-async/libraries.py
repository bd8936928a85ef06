import multiprocessing
import multiprocessing.connection
import select
import selectors
import signal
import socketserver

import celery.result
import distributed
import gevent
import grpc
import joblib
import paramiko
import psycopg
from kafka import KafkaProducer
from tqdm.contrib.concurrent import process_map, thread_map


async def processes_bad(event: multiprocessing.synchronize.Event):
    ours, theirs = multiprocessing.Pipe()
    ours.recv()  #~ blocking-wait-in-async: recv
    ours.poll()
    event.wait()  #~ blocking-wait-in-async: wait
    multiprocessing.connection.wait([ours, theirs])  #~ blocking-wait-in-async: multiprocessing.connection.wait
    multiprocessing.connection.wait([ours, theirs], timeout=0)


async def descriptors_bad():
    select.poll().poll()  #~ blocking-wait-in-async: poll
    select.poll().poll(0)
    with selectors.DefaultSelector() as selector:
        selector.select()  #~ blocking-wait-in-async: select


async def signals_bad():
    signal.pause()  #~ blocking-wait-in-async: signal.pause


async def server_bad(server: socketserver.TCPServer):
    server.shutdown()  #~ blocking-wait-in-async: shutdown


async def task_queue_bad(result: celery.result.AsyncResult):
    return result.get(timeout=5)  #~ blocking-wait-in-async: get


async def cluster_bad(work):
    client = distributed.Client()  #~ blocking-wait-in-async: distributed
    return client.submit(work, 1).result()  #~ blocking-wait-in-async: result


async def cluster_ok(work):
    async with distributed.Client(asynchronous=True) as client:
        return await client.submit(work, 1)


async def greenlets_bad(greenlets):
    gevent.joinall(greenlets)  #~ blocking-wait-in-async: gevent.joinall


async def remote_calls_bad(server: grpc.Server):
    server.wait_for_termination()  #~ blocking-wait-in-async: wait_for_termination


async def channel_bad(transport: paramiko.Transport):
    return transport.accept()  #~ blocking-wait-in-async: accept


async def notifications_bad(connection: psycopg.Connection):
    for notification in connection.notifies():  #~ blocking-wait-in-async: notifies
        print(notification)


async def notifications_ok(connection: psycopg.AsyncConnection):
    async for notification in connection.notifies():
        print(notification)
