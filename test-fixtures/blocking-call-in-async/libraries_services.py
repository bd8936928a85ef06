import asyncio

import aiokafka
import boto3
import botocore.session
import confluent_kafka
import elasticsearch
import elasticsearch.helpers
import grpc
import kafka
import paramiko
import pika
import urllib3
import websockets
from google.cloud import bigquery, firestore, pubsub_v1, secretmanager, storage
from websockets.sync.client import connect


async def boto_bad(name):
    client = boto3.client("s3")
    client.put_object(Bucket=name, Key="a", Body=b"")  #~ blocking-call-in-async: waits for the network
    client.get_waiter("bucket_exists").wait(Bucket=name)  #~ blocking-call-in-async: polls until the resource is ready
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=name):  #~ blocking-call-in-async: paginate
        print(page)
    return client.generate_presigned_url("get_object")


async def boto_ok(name):
    client = boto3.session.Session().client("s3")
    await asyncio.to_thread(client.put_object, Bucket=name, Key="a")


async def botocore_bad():
    client = botocore.session.get_session().create_client("sqs")
    client.list_queues()  #~ blocking-call-in-async: waits for the network


async def ssh_bad(host):
    with paramiko.SSHClient() as client:
        client.connect(host)  #~ blocking-call-in-async: connects to a server
        client.exec_command("ls")  #~ blocking-call-in-async: exec_command
        client.open_sftp().put("a", "b")  #~ blocking-call-in-async: open_sftp
        #~^ blocking-call-in-async: put


async def kafka_bad():
    producer = kafka.KafkaProducer()  #~ blocking-call-in-async: connects to a server
    producer.flush()  #~ blocking-call-in-async: flush
    consumer = kafka.KafkaConsumer("news")  #~ blocking-call-in-async: connects to a server
    for message in consumer:  #~ blocking-call-in-async: waits for messages
        print(message)


async def confluent_bad():
    producer = confluent_kafka.Producer({})
    producer.poll(0)
    producer.flush()  #~ blocking-call-in-async: waits until all messages are sent
    consumer = confluent_kafka.Consumer({})
    consumer.commit()
    consumer.commit(asynchronous=False)  #~ blocking-call-in-async: commit
    return consumer.poll(1.0)  #~ blocking-call-in-async: waits for messages


async def aiokafka_ok():
    async with aiokafka.AIOKafkaProducer() as producer:
        await producer.send_and_wait("news", b"")


async def broker_bad(parameters):
    connection = pika.BlockingConnection(parameters)  #~ blocking-call-in-async: connects to the broker
    channel = connection.channel()  #~ blocking-call-in-async: channel
    channel.queue_declare("news")  #~ blocking-call-in-async: queue_declare
    channel.start_consuming()  #~ blocking-call-in-async: start_consuming


async def elasticsearch_bad(client: elasticsearch.Elasticsearch):
    client.search(index="news")  #~ blocking-call-in-async: search
    client.options(request_timeout=1).indices.create(index="news")  #~ blocking-call-in-async: create
    elasticsearch.helpers.bulk(client, [])  #~ blocking-call-in-async: bulk


async def elasticsearch_ok(client: elasticsearch.AsyncElasticsearch):
    await client.search(index="news")
    await client.options(request_timeout=1).indices.create(index="news")
    await elasticsearch.helpers.async_bulk(client, [])


async def google_bad(name):
    blob = storage.Client().bucket(name).blob("a")
    blob.upload_from_string("text")  #~ blocking-call-in-async: upload_from_string
    job = bigquery.Client().query("select 1")  #~ blocking-call-in-async: query
    job.result()  #~ blocking-call-in-async: waits until the job is done
    firestore.Client().collection("a").document("b").get()  #~ blocking-call-in-async: get
    pubsub_v1.PublisherClient().publish("topic", b"").result()  #~ blocking-call-in-async: result
    secrets = secretmanager.SecretManagerServiceClient()
    return secrets.access_secret_version(name=name)  #~ blocking-call-in-async: access_secret_version


async def google_ok(name):
    await firestore.AsyncClient().collection("a").document("b").get()
    await secretmanager.SecretManagerServiceAsyncClient().access_secret_version(name=name)


class Stub:
    def __init__(self, channel: grpc.Channel):
        self.Get = channel.unary_unary("/a/Get")
        self.List = channel.unary_stream("/a/List")


async def grpc_bad(address, request):
    with grpc.insecure_channel(address) as channel:
        stub = Stub(channel)
        stub.Get(request)  #~ blocking-call-in-async: waits for the answer
        for item in stub.List(request):  #~ blocking-call-in-async: waits for the answer
            print(item)


async def grpc_ok(address, request):
    async with grpc.aio.insecure_channel(address) as channel:
        await channel.unary_unary("/a/Get")(request)


async def websocket_bad(url):
    with connect(url) as socket:  #~ blocking-call-in-async: connects to a server
        socket.send("hello")  #~ blocking-call-in-async: send
        return socket.recv()  #~ blocking-call-in-async: waits for a message


async def websocket_ok(url):
    async with websockets.connect(url) as socket:
        await socket.send("hello")
        return await socket.recv()


async def urllib3_bad(url):
    with urllib3.HTTPSConnectionPool("localhost") as pool:
        return pool.urlopen("GET", url)  #~ blocking-call-in-async: urlopen
