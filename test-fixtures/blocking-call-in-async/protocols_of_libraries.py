"""A library calls these methods on the loop, although they are plain."""

import asyncio
import socketserver
import time


class Echo(asyncio.Protocol):
    def __init__(self):
        time.sleep(1)

    def connection_made(self, transport):
        time.sleep(1)  #~ blocking-call-in-async: time.sleep

    def data_received(self, data):
        self.handle(data)  #~ blocking-call-in-async: time.sleep

    def handle(self, data):
        time.sleep(1)

    def connection_lost(self, error):
        self.transport = None


class Datagrams(asyncio.DatagramProtocol):
    def datagram_received(self, data, address):
        time.sleep(1)  #~ blocking-call-in-async: time.sleep


class Below(Echo):
    def eof_received(self):
        time.sleep(1)  #~ blocking-call-in-async: time.sleep


class Processes(asyncio.SubprocessProtocol):
    def process_exited(self):
        time.sleep(1)  #~ blocking-call-in-async: time.sleep


class OfThreads(socketserver.BaseRequestHandler):
    def handle_ok(self):
        time.sleep(1)

    def handle(self):
        time.sleep(1)


class Unrelated:
    def data_received_ok(self, data):
        time.sleep(1)

    def data_received(self, data):
        time.sleep(1)
