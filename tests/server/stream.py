"""The server's streams, byte by byte."""

import json
import os
import queue
import subprocess
import threading
from pathlib import Path

PATIENCE = 60


def framed(body: bytes | dict) -> bytes:
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def request(id: object, method: str, params: object = None) -> dict:
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": params}


def notification(method: str, params: object = None) -> dict:
    return {"jsonrpc": "2.0", "method": method, "params": params}


def initialize(folder: Path | None = None, process: int | None = None) -> dict:
    folders = [{"uri": folder.as_uri(), "name": "f"}] if folder else None
    params = {"processId": process, "rootUri": None, "capabilities": {}, "workspaceFolders": folders}
    return request(0, "initialize", params)


class Server:
    def __init__(self):
        command = [os.environ["UNSNARL"], "server"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
        self.messages: queue.Queue = queue.Queue()
        self.answers: list[dict] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        stream = self.process.stdout
        while header := stream.readline():
            assert header.startswith(b"Content-Length: "), header
            assert stream.readline() == b"\r\n"
            self.messages.put(json.loads(stream.read(int(header.split(b": ")[1]))))
        self.messages.put(None)

    def send(self, *parts: bytes | dict):
        """Messages are framed, bytes go as they are; all of it at once."""
        whole = b"".join(part if isinstance(part, bytes) else framed(part) for part in parts)
        self.process.stdin.write(whole)
        self.process.stdin.flush()

    def answer(self, id: object) -> dict:
        """The answer to a request."""
        while True:
            for answer in self.answers:
                if answer["id"] == id:
                    self.answers.remove(answer)
                    return answer
            message = self.messages.get(timeout=PATIENCE)
            assert message is not None, f"the server ended before it answered {id}"
            if "method" not in message:
                self.answers.append(message)

    def error(self, id: object) -> int:
        return self.answer(id)["error"]["code"]

    def start(self, folder: Path | None = None):
        self.send(initialize(folder))
        self.answer(0)
        self.send(notification("initialized", {}))

    def end(self) -> int:
        """Ends it as a client should."""
        self.send(request("end", "shutdown"))
        assert self.answer("end")["result"] is None
        self.send(notification("exit"))
        return self.wait()

    def wait(self) -> int:
        return self.process.wait(timeout=PATIENCE)
