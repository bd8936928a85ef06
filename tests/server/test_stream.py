"""The life of the process, and what it makes of messages that are wrong, late, cut or enormous."""

import os
import signal
import subprocess
import sys
import time

import pytest
from conftest import CALLER, HELPER
from stream import Server, framed, initialize, notification, request

NO_SUCH_METHOD, INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR = -32601, -32602, -32600, -32700
NOT_INITIALIZED, CANCELLED = -32002, -32800


@pytest.fixture
def server():
    server = Server()
    yield server
    server.process.kill()
    server.process.wait()


@pytest.fixture
def started(server: Server) -> Server:
    server.start()
    return server


def hover(id: object, uri: str = "file:///nowhere.py") -> dict:
    return request(id, "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}})


def test_what_comes_before_initialize_is_refused(server: Server):
    server.send(hover(1), notification("textDocument/didOpen", {}), request("two", "shutdown"))
    assert (server.error(1), server.error("two")) == (NOT_INITIALIZED, NOT_INITIALIZED)
    server.send(request(3, "initialize", {"capabilities": 7}))
    assert server.error(3) == INVALID_PARAMS
    server.start()
    assert server.end() == 0


def test_initialize_comes_once_and_initialized_may_be_late(server: Server):
    server.send(initialize(), hover(1), request(2, "initialize", {"capabilities": {}, "processId": None}))
    assert server.answer(1)["result"] is None
    assert server.error(2) == INVALID_REQUEST
    server.send(notification("initialized", {}))
    assert server.end() == 0


def test_what_comes_after_shutdown_is_refused(started: Server):
    started.send(request(1, "shutdown"), hover(2), request(3, "shutdown"), notification("textDocument/didOpen", {}))
    assert started.answer(1)["result"] is None
    assert (started.error(2), started.error(3)) == (INVALID_REQUEST, INVALID_REQUEST)
    started.send(notification("exit"))
    assert started.wait() == 0


def test_exit_without_shutdown_is_a_failure(started: Server):
    started.send(notification("exit"))
    assert started.wait() == 1


def test_exit_before_initialize_is_a_failure(server: Server):
    server.send(notification("exit"))
    assert server.wait() == 1


@pytest.mark.parametrize("is_started", [True, False])
def test_a_stream_that_ends_without_shutdown_is_a_failure(server: Server, is_started: bool):
    if is_started:
        server.start()
    server.process.stdin.close()
    assert server.wait() == 1


def test_a_stream_that_ends_after_shutdown_is_an_end(started: Server):
    started.send(request(1, "shutdown"))
    started.answer(1)
    started.process.stdin.close()
    assert started.wait() == 0


def test_exit_does_not_wait_for_a_folder_that_is_being_read(server: Server, project):
    root = project({f"m{n}.py": HELPER * 300 for n in range(300)})
    server.send(initialize(root), notification("initialized", {}))
    server.answer(0)
    began = time.monotonic()
    assert server.end() == 0
    assert time.monotonic() - began < 2


def test_the_server_leaves_when_its_client_is_gone_though_the_stream_stays_open(server: Server):
    client = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    server.send(initialize(process=client.pid), notification("initialized", {}), hover(1))
    server.answer(1)
    time.sleep(1.5)
    assert server.process.poll() is None
    os.kill(client.pid, signal.SIGKILL)
    client.wait()
    began = time.monotonic()
    assert server.wait() == 1
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("wrong", "id", "code"),
    [
        (framed(b"{ no json"), None, PARSE_ERROR),
        (framed(b"\xff\xfe{}"), None, PARSE_ERROR),
        (framed(b"[" * 100_000), None, PARSE_ERROR),
        (framed(b"[]"), None, INVALID_REQUEST),
        (framed(b'"text"'), None, INVALID_REQUEST),
        (framed(b'{"jsonrpc": "2.0", "id": 2.5, "method": "shutdown"}'), 2.5, INVALID_REQUEST),
        (framed(b'{"jsonrpc": "2.0", "id": 1, "method": 7}'), 1, INVALID_REQUEST),
        (b"Content-Length: many\r\n\r\n", None, PARSE_ERROR),
        (b"Content-Length: -5\r\n\r\n", None, PARSE_ERROR),
        (b"Content-Type: x\r\n\r\n{}", None, PARSE_ERROR),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}\r\n\r\n', None, PARSE_ERROR),
        (b'Content-Length: 5\r\n\r\n{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}', None, PARSE_ERROR),
    ],
)
def test_what_is_no_message_is_told_and_the_next_one_is_answered(started: Server, wrong: bytes, id, code: int):
    started.send(wrong, hover(7))
    assert started.error(id) == code
    assert started.answer(7)["result"] is None
    assert started.end() == 0


def test_answers_to_nothing_are_passed_over(started: Server):
    started.send({"jsonrpc": "2.0", "id": 99, "result": None}, {"jsonrpc": "2.0", "id": None, "error": 1}, hover(1))
    assert started.answer(1)["result"] is None
    assert started.end() == 0


def test_messages_may_be_split_and_joined(started: Server):
    for byte in framed(hover(1)):
        started.send(bytes([byte]))
    assert started.answer(1)["result"] is None
    started.send(*(hover(id) for id in range(2, 50)))
    assert [started.answer(id)["result"] for id in range(2, 50)] == [None] * 48
    lenient = framed(hover(50)).replace(b"Content-Length", b"CONTENT-LENGTH").replace(b"\r\n", b"\n")
    started.send(lenient, b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" + framed(hover(51)))
    assert (started.answer(50)["result"], started.answer(51)["result"]) == (None, None)
    assert started.end() == 0


def test_a_message_may_be_huge(started: Server, tmp_path):
    path = tmp_path / "a.py"
    text = HELPER * 200_000
    document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": text}
    started.send(notification("textDocument/didOpen", {"textDocument": document}), hover(1, path.as_uri()))
    assert started.answer(1)["result"] is None
    assert started.end() == 0


def test_unknown_methods_are_refused_if_they_ask_for_something(started: Server):
    started.send(request(1, "textDocument/rename", {}), notification("$/setTrace", {"value": "verbose"}))
    started.send(notification("no/such", [1, 2]), request("a", "$/no/such"), hover(2))
    assert (started.error(1), started.error("a")) == (NO_SUCH_METHOD, NO_SUCH_METHOD)
    assert started.answer(2)["result"] is None
    assert started.end() == 0


@pytest.mark.parametrize(
    "method", ["textDocument/hover", "textDocument/codeAction", "textDocument/diagnostic", "workspace/diagnostic"]
)
@pytest.mark.parametrize("params", [None, [], 3, {"textDocument": 1}, {"textDocument": {"uri": "no address"}}])
def test_wrong_parameters_are_refused(started: Server, method: str, params: object):
    started.send(request(1, method, params))
    assert started.error(1) == INVALID_PARAMS
    assert started.end() == 0


@pytest.mark.parametrize(
    "method",
    [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "workspace/didChangeWatchedFiles",
        "workspace/didChangeWorkspaceFolders",
        "$/cancelRequest",
    ],
)
def test_wrong_notifications_are_logged(started: Server, method: str):
    started.send(notification(method, {"textDocument": [], "id": [], "changes": 1, "event": 1}), hover(1))
    while "window/logMessage" != (message := started.messages.get(timeout=60)).get("method"):
        pass
    assert method in message["params"]["message"]
    assert started.answer(1)["result"] is None
    assert started.end() == 0


def test_a_cancelled_request_is_answered_as_such(server: Server, project):
    root = project({f"m{n}.py": HELPER * 100 for n in range(200)} | {"caller.py": CALLER})
    uri = (root / "caller.py").as_uri()
    cancel = notification("$/cancelRequest", {"id": 1})
    text = notification("$/cancelRequest", {"id": "text"})
    asked = [hover(1, uri), hover("text", uri), hover(2, uri)]
    # All wait until the folder was read.
    server.send(initialize(root), notification("initialized", {}), *asked, cancel, text)
    assert (server.error(1), server.error("text")) == (CANCELLED, CANCELLED)
    assert "result" in server.answer(2)
    server.send(cancel, notification("$/cancelRequest", {"id": 77}), hover(3, uri))
    assert "result" in server.answer(3)
    assert server.end() == 0
