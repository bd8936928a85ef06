// The built extension in a stand-in for VS Code, with the real language client and the real server.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import Module from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { editor, Uri } from './vscode';

const EXTENSION = path.resolve('dist/extension.js');

interface Extension {
    activate(context: { subscriptions: { dispose(): void }[] }): Promise<void>;
    deactivate(): Promise<void>;
}

/** Loads the extension anew, with `module` for what it knows as `vscode`. */
function load(module: unknown): Extension {
    const loader = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
    const before = loader._load;
    loader._load = (name, ...rest) => (name === 'vscode' ? module : before.call(Module, name, ...rest));
    try {
        delete require.cache[EXTENSION];
        return require(EXTENSION) as Extension;
    } finally {
        loader._load = before;
    }
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
    for (let waited = 0; waited < 30_000; waited += 20) {
        const found = look();
        if (found !== undefined) {
            return found;
        }
        await setTimeout(20);
    }
    throw new Error(`no ${what} came`);
}

test('the extension starts the server and shows what it finds', async () => {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'unsnarl-')));
    fs.cpSync('../test/projects/python', folder, { recursive: true });
    const text = fs.readFileSync(path.join(folder, 'caller.py'), 'utf8');
    const shown = editor(folder, { file: 'caller.py', languageId: 'python', text });
    shown.settings.set('unsnarl.path', process.env['UNSNARL'] ?? '');
    shown.settings.set('unsnarl.config', 'strict.toml');
    fs.writeFileSync(path.join(folder, 'strict.toml'), '[lints]\nall = "deny"\n');
    const extension = load(shown.module);
    const context = { subscriptions: [] };
    await extension.activate(context);
    assert.deepEqual(shown.errors, []);
    assert.deepEqual([...shown.commands.keys()], ['unsnarl.restart', 'unsnarl.showOutput']);

    const caller = Uri.file(path.join(folder, 'caller.py')).toString();
    const find = () => {
        const found = shown.diagnostics.get(caller);
        return found?.length === 1 ? found[0] : undefined;
    };
    const finding = await until('finding', find);
    const column = text.split('\n')[4]!.indexOf('settle()');
    assert.deepEqual([finding.range.start.line, finding.range.start.character], [4, column]);
    // As the configuration says that only the settings name.
    assert.equal(finding.severity, 0);
    assert.equal(finding.source, 'unsnarl');
    assert.equal((finding.code as { value: string }).value, 'blocking-call-in-async');
    assert.equal(finding.relatedInformation?.length, 1);

    // The server goes and comes again.
    shown.diagnostics.clear();
    await shown.commands.get('unsnarl.restart')!();
    await until('finding of the new server', find);
    await extension.deactivate();
    fs.rmSync(folder, { recursive: true });
});

test('a server that is not there is told', async () => {
    const shown = editor(os.tmpdir(), { file: 'a.py', languageId: 'python', text: '' });
    shown.settings.set('unsnarl.path', '/there/is/no/unsnarl');
    const extension = load(shown.module);
    await extension.activate({ subscriptions: [] });
    assert.deepEqual(shown.errors, ['unsnarl: `unsnarl.path`: there is no file `/there/is/no/unsnarl`']);
    await extension.deactivate();
});
