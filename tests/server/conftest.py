"""A server for each test, and the projects that it is asked about."""

import asyncio
import os
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

PATIENCE = 20

HELPER = "import time\n\n\ndef settle():\n    time.sleep(1)\n"
CALLER = "from helper import settle\n\n\nasync def handle():\n    settle()\n"


@pytest.fixture
def project(tmp_path: Path):
    """Writes files into a folder that is a repository."""

    def write(files: dict[str, str | bytes], folder: str = "project") -> Path:
        root = tmp_path / folder
        (root / ".git").mkdir(parents=True)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return root

    return write


class Editor:
    """A client with what it was told: the newest diagnostics, and all of them in their order."""

    def __init__(self):
        self.client = LanguageClient()
        self.published: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.history: list[lsp.PublishDiagnosticsParams] = []
        self.registered: list[lsp.Registration] = []
        self._news = asyncio.Event()
        self._versions: dict[str, int] = {}

        def published(client: LanguageClient, params: lsp.PublishDiagnosticsParams):
            self.published[params.uri] = params
            self.history.append(params)
            self._news.set()

        def registered(client: LanguageClient, params: lsp.RegistrationParams):
            self.registered.extend(params.registrations)
            self._news.set()

        features = {
            **DEFAULT_CLIENT_FEATURES,
            lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: published,
            lsp.CLIENT_REGISTER_CAPABILITY: registered,
        }
        register_lsp_features(self.client, features)

    async def start(self, *folders: Path, capabilities=None, options=None) -> lsp.InitializeResult:
        await self.client.start_io(os.environ["UNSNARL"], "server")
        parameters = lsp.InitializeParams(
            capabilities=capabilities or lsp.ClientCapabilities(),
            process_id=os.getpid(),
            workspace_folders=[lsp.WorkspaceFolder(uri=it.as_uri(), name=it.name) for it in folders],
            initialization_options=options,
        )
        return await self.client.initialize_session(parameters)

    async def until(self, is_it, what: str):
        """Waits until something is so."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not is_it():
                    self._news.clear()
                    try:
                        await asyncio.wait_for(self._news.wait(), 0.2)
                    except TimeoutError:
                        pass
        except TimeoutError:
            raise AssertionError(f"{what}; there is {self.published}") from None

    async def diagnostics(self, path: Path | str, count: int, version: int | None = None) -> list[lsp.Diagnostic]:
        """Waits until that many diagnostics of a file, in that version, are the newest."""
        uri = path if isinstance(path, str) else path.as_uri()

        def is_it() -> bool:
            told = self.published.get(uri)
            return told is not None and told.version == version and len(told.diagnostics) == count

        await self.until(is_it, f"{count} diagnostics of {uri} {version}")
        return list(self.published[uri].diagnostics)

    def open(self, path: Path | str, text: str, language: str = "python"):
        uri = path if isinstance(path, str) else path.as_uri()
        self._versions[uri] = 1
        item = lsp.TextDocumentItem(uri=uri, language_id=language, version=1, text=text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, path: Path | str, *changes: lsp.TextDocumentContentChangeEvent | str) -> int:
        uri = path if isinstance(path, str) else path.as_uri()
        self._versions[uri] += 1
        document = lsp.VersionedTextDocumentIdentifier(version=self._versions[uri], uri=uri)
        whole = lsp.TextDocumentContentChangeWholeDocument
        events = [whole(text=it) if isinstance(it, str) else it for it in changes]
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, events))
        return self._versions[uri]

    def close(self, path: Path):
        document = lsp.TextDocumentIdentifier(path.as_uri())
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))

    def watched(self, path: Path, kind: lsp.FileChangeType):
        events = [lsp.FileEvent(uri=path.as_uri(), type=kind)]
        self.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(events))


@pytest.fixture
async def editor():
    editor = Editor()
    yield editor
    await editor.client.shutdown_session()
    assert await editor.client._server.wait() == 0


def span(line: int, start: int, end: int) -> lsp.Range:
    return lsp.Range(lsp.Position(line, start), lsp.Position(line, end))


def replaced(range: lsp.Range, text: str) -> lsp.TextDocumentContentChangePartial:
    return lsp.TextDocumentContentChangePartial(range=range, text=text)
