"""Code actions and hovers."""

from conftest import CALLER, HELPER, Editor, span
from lsprotocol import types as lsp

ALLOW = "# unsnarl: allow(blocking-call-in-async, reason = \"it is quick\")\n"


def applied(text: str, edits: list[lsp.TextEdit]) -> str:
    lines = text.splitlines(keepends=True)
    for edit in sorted(edits, key=lambda it: it.range.start.line, reverse=True):
        at = edit.range.start
        assert edit.range.start == edit.range.end
        line = lines[at.line] if at.line < len(lines) else ""
        lines[at.line : at.line + 1] = [line[: at.character] + edit.new_text + line[at.character :]]
    return "".join(lines)


async def test_each_action_silences_the_finding(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    await editor.start(root)
    [found] = await editor.diagnostics(root / "caller.py", 1)
    document = lsp.TextDocumentIdentifier((root / "caller.py").as_uri())
    asked = lsp.CodeActionParams(document, found.range, lsp.CodeActionContext([found]))
    actions = await editor.client.text_document_code_action_async(asked)
    assert [it.title for it in actions] == [
        "allow `blocking-call-in-async` here",
        "allow `blocking-call-in-async` in this file",
        "mark `settle` as non-blocking",
    ]
    for action in actions:
        assert (action.kind, list(action.diagnostics)) == (lsp.CodeActionKind.QuickFix, [found])
        [(uri, edits)] = action.edit.changes.items()
        path = root / uri.rsplit("/", 1)[1]
        editor.open(path, applied(path.read_text(), edits))
        await editor.diagnostics(root / "caller.py", 0, 1 if path.name == "caller.py" else None)
        editor.close(path)
        await editor.diagnostics(root / "caller.py", 1)
    other = lsp.CodeActionContext([found], only=[lsp.CodeActionKind.Refactor])
    assert not await editor.client.text_document_code_action_async(
        lsp.CodeActionParams(document, found.range, other)
    )
    elsewhere = lsp.CodeActionParams(document, span(0, 0, 0), lsp.CodeActionContext([]))
    assert not await editor.client.text_document_code_action_async(elsewhere)


async def test_edits_name_the_version_where_the_client_understands_it(editor: Editor, project):
    root = project({"helper.py": HELPER, "caller.py": CALLER})
    edits = lsp.WorkspaceEditClientCapabilities(document_changes=True)
    workspace = lsp.WorkspaceClientCapabilities(workspace_edit=edits)
    await editor.start(root, capabilities=lsp.ClientCapabilities(workspace=workspace))
    editor.open(root / "caller.py", CALLER)
    [found] = await editor.diagnostics(root / "caller.py", 1, 1)
    document = lsp.TextDocumentIdentifier((root / "caller.py").as_uri())
    asked = lsp.CodeActionParams(document, found.range, lsp.CodeActionContext([found]))
    actions = await editor.client.text_document_code_action_async(asked)
    changes = [action.edit.document_changes[0].text_document for action in actions]
    assert [it.version for it in changes] == [1, 1, None]


async def test_hovers_show_pages_and_what_functions_wait_for(editor: Editor, project):
    caller = CALLER.replace("    settle()", f"    {ALLOW}    settle()")
    root = project({"helper.py": HELPER, "caller.py": caller})
    await editor.start(root)

    async def hover(name: str, line: int, character: int) -> str | None:
        document = lsp.TextDocumentIdentifier((root / name).as_uri())
        asked = lsp.HoverParams(document, lsp.Position(line, character))
        shown = await editor.client.text_document_hover_async(asked)
        return shown and shown.contents.value

    page = await hover("caller.py", 4, 4 + ALLOW.index("blocking"))
    assert page.startswith("# blocking-call-in-async")
    for name, line in [("caller.py", 5), ("helper.py", 3)]:
        shown = await hover(name, line, 6)
        assert "`settle` blocks: `time.sleep`" in shown and "helper.py" in shown
    assert await hover("helper.py", 0, 2) is None
    assert await hover("nowhere.py", 0, 0) is None
