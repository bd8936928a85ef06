"""Sockets, processes and certificates: what waits, and which arguments make it not wait."""

import os
import socket
import ssl


async def datagram_connect_ok():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect(("8.8.8.8", 80))
    return sock.getsockname()[0]


async def datagram_by_keyword_ok():
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.connect(("8.8.8.8", 80))


async def datagram_send_ok(data):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.sendto(data, ("10.0.0.1", 53))


async def datagram_receive_bad():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.recvfrom(512)  #~ blocking-call-in-async


async def stream_connect_bad():
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.connect(("example.org", 80))  #~ blocking-call-in-async: connect


async def default_connect_bad():
    with socket.socket() as sock:
        sock.connect(("example.org", 80))  #~ blocking-call-in-async: connect


async def unknown_kind_bad(kind):
    sock = socket.socket(socket.AF_INET, kind)
    sock.connect(("example.org", 80))  #~ blocking-call-in-async: connect


async def connection_bad():
    socket.create_connection(("example.org", 80))  #~ blocking-call-in-async: socket.create_connection


async def polled_process_ok(pid):
    return os.waitpid(pid, os.WNOHANG)


async def polled_process_keyword_ok(pid):
    return os.waitpid(pid, options=os.WNOHANG)


async def waited_process_bad(pid):
    return os.waitpid(pid, 0)  #~ blocking-call-in-async: os.waitpid


async def unknown_options_ok(pid, options):
    return os.waitpid(pid, options)


async def certificates_in_memory_ok(data):
    return ssl.create_default_context(cadata=data)


async def server_context_ok():
    return ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)


async def server_context_by_keyword_ok():
    return ssl.create_default_context(purpose=ssl.Purpose.CLIENT_AUTH)


async def client_context_bad():
    return ssl.create_default_context()  #~ blocking-call-in-async: ssl.create_default_context


async def client_context_by_purpose_bad():
    return ssl.create_default_context(ssl.Purpose.SERVER_AUTH)  #~ blocking-call-in-async: ssl.create_default_context


async def context_with_a_file_bad(path):
    return ssl.create_default_context(cafile=path)  #~ blocking-call-in-async: ssl.create_default_context


async def verified_by_data_ok(context: ssl.SSLContext, data):
    context.load_verify_locations(cadata=data)


async def verified_by_file_bad(context: ssl.SSLContext, path):
    context.load_verify_locations(path)  #~ blocking-call-in-async
