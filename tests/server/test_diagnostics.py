"""What is pushed and pulled, and how it follows texts, files, folders and configuration."""

from pathlib import Path

import pytest
from conftest import CALLER, HELPER, Editor, replaced, span
from lsprotocol import types as lsp

PULLS = lsp.ClientCapabilities(
    text_document=lsp.TextDocumentClientCapabilities(diagnostic=lsp.DiagnosticClientCapabilities()),
    workspace=lsp.WorkspaceClientCapabilities(
        diagnostics=lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    ),
)


async def test_a_diagnostic_says_what_where_why_and_how_it_comes_there(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    await editor.start(root)
    [found] = await editor.diagnostics(root / "caller.py", 1)
    assert (found.code, found.source) == ("blocking-call-in-async", "unsnarl")
    assert found.code_description.href.endswith("blocking_call_in_async.md")
    assert found.severity == lsp.DiagnosticSeverity.Warning
    assert found.range == span(4, 4, 12)
    assert "time.sleep" in found.message
    [step] = found.related_information
    assert step.location == lsp.Location((root / "helper.py").as_uri(), span(4, 4, 17))


async def test_severity_is_that_of_the_level_and_idle_comments_are_unnecessary(editor: Editor, project):
    configuration = '[lints]\nblocking-call-in-async = "deny"\n'
    idle = "x = 1  # unsnarl: allow(blocking-call-in-async, reason = \"none\")\n"
    root = project({"helper.py": HELPER, "caller.py": CALLER, "idle.py": idle, "unsnarl.toml": configuration})
    await editor.start(root)
    [found] = await editor.diagnostics(root / "caller.py", 1)
    assert found.severity == lsp.DiagnosticSeverity.Error
    [unused] = await editor.diagnostics(root / "idle.py", 1)
    assert list(unused.tags) == [lsp.DiagnosticTag.Unnecessary]
    assert (unused.code, unused.severity) == ("unused-allow", lsp.DiagnosticSeverity.Hint)


async def test_a_helper_that_is_edited_moves_the_finding_of_a_caller_that_is_not_open(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    await editor.start(root)
    await editor.diagnostics(root / "caller.py", 1)
    editor.open(root / "helper.py", HELPER)
    editor.change(root / "helper.py", replaced(span(4, 4, 17), "pass"))
    await editor.diagnostics(root / "caller.py", 0)
    editor.change(root / "helper.py", replaced(span(4, 4, 8), "time.sleep(2)"))
    await editor.diagnostics(root / "caller.py", 1)
    editor.close(root / "helper.py")
    await editor.diagnostics(root / "caller.py", 1)


@pytest.mark.parametrize(
    ("offered", "agreed", "face", "ideograph"),
    [(["utf-16", "utf-8"], "utf-8", 4, 3), (["utf-32", "utf-16"], "utf-32", 1, 1), (None, "utf-16", 2, 1)],
)
async def test_positions_count_as_agreed(editor: Editor, project, offered, agreed, face, ideograph):
    text = "import time\n\n\nasync def f():\n    '😀漢😀'; time.sleep(1)\n"
    root = project({"a.py": text})
    capabilities = lsp.ClientCapabilities(general=lsp.GeneralClientCapabilities(position_encodings=offered))
    started = await editor.start(root, capabilities=capabilities)
    assert started.capabilities.position_encoding == agreed
    assert started.server_info.name == "unsnarl"
    start = 8 + 2 * face + ideograph
    [found] = await editor.diagnostics(root / "a.py", 1)
    assert found.range == span(4, start, start + 13)
    editor.open(root / "a.py", text)
    # Each change counts in what the one before it left: the ideograph goes, then both faces become one letter.
    ideograph_at = span(4, 5 + face, 5 + face + ideograph)
    version = editor.change(root / "a.py", replaced(ideograph_at, ""), replaced(span(4, 5, 5 + 2 * face), "é"))
    start = 8 + (2 if agreed == "utf-8" else 1)
    [found] = await editor.diagnostics(root / "a.py", 1, version)
    assert found.range == span(4, start, start + 13)


async def test_fast_edits_end_with_the_newest_and_never_go_back(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    await editor.start(root)
    path = root / "helper.py"
    editor.open(path, HELPER)
    # What is overtaken is never told: without this there may be nothing to take back.
    await editor.diagnostics(root / "caller.py", 1)
    for number in range(200):
        version = editor.change(path, replaced(span(4, 4, 17), "time.sleep(2)" if number % 2 else "time.ctime(2)"))
    editor.change(path, replaced(span(4, 0, 0), "    pass\n"))
    version = editor.change(path, replaced(span(5, 4, 17), "pass"))
    await editor.diagnostics(path, 0, version)
    await editor.diagnostics(root / "caller.py", 0)
    versions = [it.version for it in editor.history if it.uri == path.as_uri()]
    assert versions == sorted(versions)
    before = len(editor.history)
    await editor.client.text_document_hover_async(
        lsp.HoverParams(lsp.TextDocumentIdentifier(path.as_uri()), lsp.Position(0, 0))
    )
    assert len(editor.history) == before


async def test_pulled_diagnostics_are_asked_for_again_and_told_once(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    started = await editor.start(root, capabilities=PULLS)
    provider = started.capabilities.diagnostic_provider
    assert (provider.inter_file_dependencies, provider.workspace_diagnostics) == (True, True)
    document = lsp.TextDocumentIdentifier((root / "caller.py").as_uri())
    report = await editor.client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(document))
    assert [it.code for it in report.items] == ["blocking-call-in-async"]
    again = lsp.DocumentDiagnosticParams(document, previous_result_id=report.result_id)
    assert (await editor.client.text_document_diagnostic_async(again)).kind == "unchanged"

    everything = await editor.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams([]))
    [of_caller] = everything.items
    assert of_caller.uri == document.uri
    refreshed = editor.client.diagnostic_refresh_count
    editor.open(root / "helper.py", "def settle(): ...\n")
    await editor.until(lambda: editor.client.diagnostic_refresh_count > refreshed, "a refresh")
    known = lsp.PreviousResultId(document.uri, of_caller.result_id)
    everything = await editor.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams([known]))
    assert [list(it.items) for it in everything.items if it.uri == document.uri] == [[]]
    assert editor.history == []


async def test_files_that_change_on_the_disk_are_read_again(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    watching = lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    workspace = lsp.WorkspaceClientCapabilities(did_change_watched_files=watching)
    await editor.start(root, capabilities=lsp.ClientCapabilities(workspace=workspace))
    await editor.until(lambda: editor.registered, "a registration")
    assert [it.method for it in editor.registered] == ["workspace/didChangeWatchedFiles"]
    await editor.diagnostics(root / "caller.py", 1)
    helper = root / "helper.py"
    helper.write_text("def settle(): ...\n")
    editor.watched(helper, lsp.FileChangeType.Changed)
    await editor.diagnostics(root / "caller.py", 0)
    other = root / "other.py"
    other.write_text(CALLER.replace("helper", "deeper"))
    (root / "deeper.py").write_text(HELPER)
    editor.watched(root / "deeper.py", lsp.FileChangeType.Created)
    editor.watched(other, lsp.FileChangeType.Created)
    await editor.diagnostics(other, 1)
    (root / "deeper.py").unlink()
    editor.watched(root / "deeper.py", lsp.FileChangeType.Deleted)
    await editor.diagnostics(other, 0)


async def test_a_file_that_is_deleted_while_it_is_open_is_still_what_is_open(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    await editor.start(root)
    editor.open(root / "helper.py", HELPER)
    await editor.diagnostics(root / "caller.py", 1)
    (root / "helper.py").unlink()
    editor.watched(root / "helper.py", lsp.FileChangeType.Deleted)
    editor.change(root / "helper.py", replaced(span(4, 4, 17), "pass"))
    await editor.diagnostics(root / "caller.py", 0)
    editor.change(root / "helper.py", HELPER)
    await editor.diagnostics(root / "caller.py", 1)
    editor.close(root / "helper.py")
    await editor.diagnostics(root / "caller.py", 0)


async def test_configuration_is_read_again_in_all_its_places(editor: Editor, project):
    certain = {"unsnarl": {"min-certainty": "certain"}}
    # What only tests do is at most possible.
    possible = HELPER.replace("def settle", "async def test_settle")
    root = project({"helper.py": HELPER, "caller.py": CALLER, "tests/test_it.py": possible, "unsnarl.toml": ""})
    await editor.start(root, options=certain)
    await editor.diagnostics(root / "caller.py", 1)
    assert (root / "tests/test_it.py").as_uri() not in editor.published
    editor.client.workspace_did_change_configuration(
        lsp.DidChangeConfigurationParams(settings={"unsnarl": {"min-certainty": "possible"}})
    )
    await editor.diagnostics(root / "tests/test_it.py", 1)
    (root / "unsnarl.toml").write_text('exclude = ["tests"]\n[lints]\nblocking-call-in-async = "deny"\n')
    editor.watched(root / "unsnarl.toml", lsp.FileChangeType.Changed)
    await editor.diagnostics(root / "tests/test_it.py", 0)

    def is_error() -> bool:
        told = editor.published[(root / "caller.py").as_uri()].diagnostics
        return [it.severity for it in told] == [lsp.DiagnosticSeverity.Error]

    await editor.until(is_error, "an error")
    (root / "unsnarl.toml").write_text("[lints]\nno-such-lint = 1\n")
    editor.watched(root / "unsnarl.toml", lsp.FileChangeType.Changed)
    await editor.until(lambda: editor.client.messages, "a message")
    assert is_error()


async def test_folders_come_and_go(editor: Editor, project):
    first = project({"helper.py": HELPER, "caller.py": CALLER}, "first")
    second = project({"helper.py": HELPER, "caller.py": CALLER}, "second folder")
    await editor.start(first)
    await editor.diagnostics(first / "caller.py", 1)
    folder = lsp.WorkspaceFolder(uri=second.as_uri(), name="second")

    def changed(added: list, removed: list):
        event = lsp.WorkspaceFoldersChangeEvent(added=added, removed=removed)
        editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))

    changed([folder], [])
    await editor.diagnostics(second / "caller.py", 1)
    # Each folder is a program of its own.
    editor.open(second / "helper.py", "def settle(): ...\n")
    await editor.diagnostics(second / "caller.py", 0)
    assert len(editor.published[(first / "caller.py").as_uri()].diagnostics) == 1
    editor.change(second / "helper.py", HELPER)
    await editor.diagnostics(second / "caller.py", 1)
    editor.close(second / "helper.py")
    changed([], [folder])
    await editor.diagnostics(second / "caller.py", 0)


async def test_both_folders_are_told_of(editor: Editor, project):
    first = project({"helper.py": HELPER, "caller.py": CALLER}, "first")
    second = project({"helper.py": HELPER, "caller.py": CALLER}, "second")
    await editor.start(first, second)
    await editor.diagnostics(first / "caller.py", 1)
    await editor.diagnostics(second / "caller.py", 1)


async def test_without_a_folder_each_open_file_is_checked_by_itself(editor: Editor, tmp_path: Path):
    await editor.start()
    alone = tmp_path / "alone.py"
    editor.open(alone, HELPER.replace("def settle", "async def settle"))
    await editor.diagnostics(alone, 1, 1)
    editor.open("untitled:Untitled-1", HELPER)
    editor.change("untitled:Untitled-1", "x = 1\n")
    editor.open("git:/caller.py?ref=HEAD", CALLER)
    version = editor.change(alone, "x = 1\n")
    await editor.diagnostics(alone, 0, version)
    assert set(editor.published) == {alone.as_uri()}


async def test_progress_is_told_while_a_folder_is_read(editor: Editor, project):
    root = project({f"m{n}.py": HELPER for n in range(50)})
    window = lsp.WindowClientCapabilities(work_done_progress=True)
    await editor.start(root, capabilities=lsp.ClientCapabilities(window=window))
    reports = editor.client.progress_reports

    def kinds() -> list[str]:
        return [it.kind for of_token in reports.values() for it in of_token]

    await editor.until(lambda: "end" in kinds(), "an end")
    assert kinds()[0] == "begin" and kinds()[-1] == "end" and "report" in kinds()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
async def test_lines_end_as_the_protocol_says(editor: Editor, project, end: str):
    text = HELPER.replace("def settle", "async def settle").replace("\n", end)
    root = project({"a.py": "x = 1\n"})
    await editor.start(root)
    editor.open(root / "a.py", text)
    [found] = await editor.diagnostics(root / "a.py", 1, 1)
    if end == "\r\n":
        assert found.range == span(4, 4, 17)
        version = editor.change(root / "a.py", replaced(lsp.Range(lsp.Position(2, 0), lsp.Position(3, 0)), ""))
        [found] = await editor.diagnostics(root / "a.py", 1, version)
        assert found.range == span(3, 4, 17)


async def test_long_lines_and_empty_texts_are_nothing_special(editor: Editor, project):
    root = project({"a.py": ""})
    await editor.start(root)
    filler = "x = '" + "漢" * 500_000 + "'; "
    text = f"import time\nasync def f():\n    {filler}time.sleep(1)\n"
    editor.open(root / "a.py", text)
    start = 4 + len(filler)
    [found] = await editor.diagnostics(root / "a.py", 1, 1)
    assert found.range == span(2, start, start + 13)
    version = editor.change(root / "a.py", "")
    await editor.diagnostics(root / "a.py", 0, version)
    version = editor.change(root / "a.py", replaced(span(0, 0, 0), text))
    await editor.diagnostics(root / "a.py", 1, version)


async def test_half_typed_texts_say_what_they_can(editor: Editor, project):
    manifest = '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2024"\n'
    helper = "pub fn settle() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n"
    caller = "mod helper;\n\npub async fn handle() {\n    helper::settle();\n}\n"
    files = {"Cargo.toml": manifest, "src/lib.rs": caller, "src/helper.rs": helper}
    root = project({**files, "helper.py": HELPER, "caller.py": CALLER})
    await editor.start(root)
    await editor.diagnostics(root / "src/lib.rs", 1)
    editor.open(root / "src/lib.rs", caller, "rust")
    version = editor.change(root / "src/lib.rs", replaced(span(2, 0, 0), "// 漢\nfn half(\n"))
    [found] = await editor.diagnostics(root / "src/lib.rs", 1, version)
    assert found.range == span(5, 4, 20)
    # What else makes the folder be read again leaves it so.
    (root / "new.py").write_text(CALLER)
    editor.watched(root / "new.py", lsp.FileChangeType.Created)
    await editor.diagnostics(root / "new.py", 1)
    await editor.diagnostics(root / "src/lib.rs", 1, version)
    editor.open(root / "caller.py", CALLER)
    version = editor.change(root / "caller.py", replaced(span(3, 0, 0), "def half(\n\n\n"))
    [found] = await editor.diagnostics(root / "caller.py", 1, version)
    assert found.range.start.line == 7


async def test_files_are_named_as_the_client_names_them(editor: Editor, project, tmp_path: Path):
    real = project({"a b/é#1.py": HELPER, "a b/caller.py": CALLER.replace("helper", "é#1")}, "real folder")
    (real / "a b/helper.py").write_text(HELPER)
    (real / "a b/caller.py").write_text(CALLER)
    link = tmp_path / "a link"
    link.symlink_to(real, target_is_directory=True)
    await editor.start(link)
    [found] = await editor.diagnostics(link / "a b/caller.py", 1)
    assert found.related_information[0].location.uri == (link / "a b/helper.py").as_uri()
    # Some clients spell more characters in hexadecimal than they must.
    spelled = (link / "a b/helper.py").as_uri().replace("helper", "%68elper")
    editor.open(spelled, "def settle(): ...\n")
    await editor.diagnostics(link / "a b/caller.py", 0)
    strange = link / "a b/é#1.py"
    editor.open(strange, HELPER.replace("def", "async def"))
    await editor.diagnostics(strange, 1, 1)
