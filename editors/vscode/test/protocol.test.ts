// The server as VS Code's protocol library speaks to it: pulled diagnostics, the way that VS Code takes.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import * as lsp from 'vscode-languageserver-protocol/node';

const CLIENT: lsp.ClientCapabilities = {
    textDocument: {
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
        publishDiagnostics: { relatedInformation: true },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    },
    workspace: {
        diagnostics: { refreshSupport: true },
        workspaceEdit: { documentChanges: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceFolders: true,
    },
    window: { workDoneProgress: true },
    general: { positionEncodings: ['utf-16'] },
};

for (const [name, caller, helper, line] of [
    ['python', 'caller.py', 'helper.py', 4],
    ['rust', 'src/lib.rs', 'src/helper.rs', 3],
] as const) {
    test(`findings of a ${name} project are pulled, and asked for again when a helper changes`, async (context) => {
        const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'unsnarl-')));
        fs.cpSync(path.join('..', 'test', 'projects', name), folder, { recursive: true });
        const uri = (file: string) => pathToFileURL(path.join(folder, file)).href;
        const text = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');

        const server = spawn(process.env['UNSNARL'] ?? 'unsnarl', ['server'], { stdio: ['pipe', 'pipe', 'inherit'] });
        context.after(() => server.kill());
        const ended = new Promise((resolve) => server.on('exit', resolve));
        const connection = lsp.createProtocolConnection(server.stdout, server.stdin);
        let refreshed: () => void = () => {};
        const refreshes = () => new Promise<void>((resolve) => (refreshed = resolve));
        connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => refreshed());
        connection.onRequest(lsp.RegistrationRequest.type, () => {});
        connection.onRequest(lsp.WorkDoneProgressCreateRequest.type, () => {});
        connection.listen();

        const first = refreshes();
        const { capabilities, serverInfo } = await connection.sendRequest(lsp.InitializeRequest.type, {
            processId: process.pid,
            rootUri: null,
            capabilities: CLIENT,
            workspaceFolders: [{ uri: uri(''), name }],
        });
        assert.equal(serverInfo?.name, 'unsnarl');
        assert.equal(capabilities.positionEncoding, 'utf-16');
        assert.equal(capabilities.diagnosticProvider?.interFileDependencies, true);
        assert.equal(capabilities.diagnosticProvider.workspaceDiagnostics, true);
        await connection.sendNotification(lsp.InitializedNotification.type, {});
        await first;

        // Nothing is open yet.
        const all = await connection.sendRequest(lsp.WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
        assert.deepEqual(all.items.map((item) => item.uri), [uri(caller)]);

        const open = async (file: string) => {
            const document = { uri: uri(file), languageId: name, version: 1, text: text(file) };
            await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: document });
        };
        const pull = async () => {
            const textDocument = { uri: uri(caller) };
            const report = await connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument });
            assert.equal(report.kind, 'full');
            return report.items;
        };
        await open(caller);
        const [finding, ...others] = await pull();
        assert.ok(finding !== undefined && others.length === 0);
        assert.equal(finding.code, 'blocking-call-in-async');
        assert.equal(finding.severity, lsp.DiagnosticSeverity.Warning);
        const call = name === 'rust' ? 'helper::settle()' : 'settle()';
        // A string's indices are UTF-16.
        const column = text(caller).split('\n')[line]!.indexOf(call);
        const range = lsp.Range.create(line, column, line, column + call.length);
        assert.deepEqual(finding.range, range);
        assert.equal(finding.relatedInformation?.length, 1);
        assert.equal(finding.relatedInformation[0]!.location.uri, uri(helper));

        const actions = await connection.sendRequest(lsp.CodeActionRequest.type, {
            textDocument: { uri: uri(caller) },
            range,
            context: { diagnostics: [finding] },
        });
        const titles = (actions ?? []).map((action) => action.title);
        assert.ok(titles.includes('allow `blocking-call-in-async` here'), titles.join());

        await open(helper);
        const again = refreshes();
        await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
            textDocument: { uri: uri(helper), version: 2 },
            contentChanges: [{ text: text(helper).replace(/^ .*sleep.*$/m, '') + '\n' }],
        });
        await again;
        assert.deepEqual(await pull(), []);

        await connection.sendRequest(lsp.ShutdownRequest.type);
        await connection.sendNotification(lsp.ExitNotification.type);
        assert.equal(await ended, 0);
        connection.dispose();
        fs.rmSync(folder, { recursive: true });
    });
}
