#!/usr/bin/env python3
"""rust-analyzer with `check.command = "unsnarl"`: findings inline, the way to what waits as related information.

Usage: editors/test/rust_analyzer.py, with a `rust-analyzer` and a `cargo-unsnarl` in PATH. Not a part of `.ci/run`:
rust-analyzer takes minutes to build.
"""

import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time

SLEEP = "thread::sleep(Duration::from_secs(1));"
# Long enough for a machine that does other things, too.
PATIENCE = 90.0


class Client:
    """A client of the protocol that keeps what is published."""

    def __init__(self, root, check):
        self.root = root
        self.diagnostics = {}
        self.versions = {}
        self.inbox = queue.Queue()
        quiet = {"cargo": {"buildScripts": {"enable": False}}, "procMacro": {"enable": False}}
        self.configuration = {**quiet, "cachePriming": {"enable": False}, "check": check}
        self.server = subprocess.Popen(
            ["rust-analyzer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
        )
        threading.Thread(target=self.receive, daemon=True).start()
        capabilities = {
            "general": {"positionEncodings": ["utf-16"]},
            "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
            "workspace": {"configuration": True},
        }
        folder = {"uri": root.as_uri(), "name": "project"}
        self.send(
            {
                "id": 1,
                "method": "initialize",
                "params": {
                    "processId": os.getpid(),
                    "rootUri": folder["uri"],
                    "workspaceFolders": [folder],
                    "capabilities": capabilities,
                    "initializationOptions": self.configuration,
                },
            }
        )
        self.notify("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def receive(self):
        while True:
            length = 0
            while (line := self.server.stdout.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                self.inbox.put(None)
                return
            self.inbox.put(json.loads(self.server.stdout.read(length)))

    def handle(self, message):
        """Keeps what is told, and answers what is asked."""
        method, params = message.get("method"), message.get("params", {})
        if method == "textDocument/publishDiagnostics":
            path = params["uri"].removeprefix(self.root.as_uri() + "/")
            self.diagnostics[path] = params["diagnostics"]
        elif "id" in message and method == "workspace/configuration":
            self.send({"id": message["id"], "result": [self.configuration for _ in params["items"]]})
        elif "id" in message and method:
            self.send({"id": message["id"], "result": None})

    def wait_for(self, what, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                sys.exit(f"not seen: {what}\n{json.dumps(self.diagnostics, indent=1, ensure_ascii=False)}")
            try:
                message = self.inbox.get(timeout=0.2)
            except queue.Empty:
                continue
            if message is None:
                sys.exit("rust-analyzer has gone; is it installed, and not only rustup's proxy for it?")
            self.handle(message)
        print(f"seen: {what}")

    def open(self, path):
        text = (self.root / path).read_text()
        self.versions[path] = 1
        document = {"uri": (self.root / path).as_uri(), "languageId": "rust", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def save(self, path, text):
        (self.root / path).write_text(text)
        self.versions[path] += 1
        document = {"uri": (self.root / path).as_uri()}
        versioned = {**document, "version": self.versions[path]}
        self.notify("textDocument/didChange", {"textDocument": versioned, "contentChanges": [{"text": text}]})
        self.notify("textDocument/didSave", {"textDocument": document})

    def of(self, path, source):
        return [it for it in self.diagnostics.get(path, []) if it.get("source") == source]

    def end(self):
        self.send({"id": 2, "method": "shutdown"})
        self.notify("exit", None)
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()


def is_told(client):
    """The finding of the caller with its step in the other file, and the step's own hint with the way back."""
    found = [it for it in client.of("src/lib.rs", "unsnarl") if it["severity"] == 2]
    hints = [it for it in client.of("src/helper.rs", "unsnarl") if it["severity"] == 4]
    if len(found) != 1 or len(hints) != 1:
        return False
    [finding], [hint] = found, hints
    [step], [back] = finding["relatedInformation"], hint["relatedInformation"]
    start = finding["range"]["start"]
    return (
        finding["code"] == "blocking-call-in-async"
        # The two characters before it are three of UTF-16.
        and (start["line"], start["character"]) == (3, 20)
        and "which leads to `std::thread::sleep`" in finding["message"]
        and "https://" in finding["message"]
        and step["location"]["uri"].endswith("/src/helper.rs")
        and step["message"] == "1, in `settle`: `std::thread::sleep` sleeps" == hint["message"]
        and back["location"]["uri"].endswith("/src/lib.rs")
    )


def is_quiet(client):
    return not client.of("src/lib.rs", "unsnarl") and not client.of("src/helper.rs", "unsnarl")


def run(name, check, passes_on):
    print(f"== {name}", flush=True)
    project = pathlib.Path(__file__).parent / "projects" / "rust"
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve() / "project"
        shutil.copytree(project, root)
        client = Client(root, check)
        client.open("src/lib.rs")
        client.open("src/helper.rs")
        client.wait_for("the finding when the project is open", lambda: is_told(client))
        helper = (root / "src/helper.rs").read_text()
        client.save("src/helper.rs", helper.replace(SLEEP, "let _ = (thread::current(), Duration::ZERO);"))
        client.wait_for("nothing after the helper is mended", lambda: is_quiet(client))
        client.save("src/helper.rs", helper)
        client.wait_for("the finding again", lambda: is_told(client))
        if passes_on:
            client.save("src/helper.rs", helper.replace("from_secs(1)", 'from_secs("1")'))
            codes = lambda: [it.get("code") for it in client.of("src/helper.rs", "rustc")]
            client.wait_for("the compiler's error beside it", lambda: "E0308" in codes() and is_told(client))
        client.end()


run("check.command", {"command": "unsnarl", "extraArgs": ["--with-check", "--offline"]}, passes_on=True)
command = ["cargo", "unsnarl", "--workspace", "--all-targets", "--message-format=json"]
run("check.overrideCommand", {"overrideCommand": command}, passes_on=False)
