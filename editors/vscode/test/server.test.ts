import assert from 'node:assert/strict';
import test from 'node:test';
import { findServer, isFile, type Surroundings } from '../src/server';

/** A machine with these files. */
function machine(files: string[], changes: Partial<Surroundings> = {}): Surroundings {
    return {
        setting: '',
        folder: '/work',
        home: '/home/me',
        environment: { PATH: '/usr/local/bin:/usr/bin' },
        platform: 'linux',
        isFile: (path) => files.includes(path),
        ...changes,
    };
}

test('the first one on PATH is taken', () => {
    const here = machine(['/usr/bin/unsnarl', '/usr/local/bin/unsnarl', '/home/me/.cargo/bin/unsnarl']);
    assert.deepEqual(findServer(here), { program: '/usr/local/bin/unsnarl' });
});

test('what Cargo installed is found when PATH is that of a desktop', () => {
    assert.deepEqual(findServer(machine(['/home/me/.cargo/bin/unsnarl'])), { program: '/home/me/.cargo/bin/unsnarl' });
    const elsewhere = machine(['/opt/cargo/bin/unsnarl'], { environment: { CARGO_HOME: '/opt/cargo' } });
    assert.deepEqual(findServer(elsewhere), { program: '/opt/cargo/bin/unsnarl' });
});

test('a relative entry of PATH is not searched', () => {
    const here = machine(['unsnarl', 'bin/unsnarl', '/work/bin/unsnarl'], { environment: { PATH: '.:bin' } });
    assert.ok('problem' in findServer(here));
});

test('the setting counts alone', () => {
    const files = ['/usr/bin/unsnarl', '/work/tools/unsnarl', '/home/me/bin/unsnarl', '/opt/unsnarl'];
    for (const [setting, program] of [
        ['/opt/unsnarl', '/opt/unsnarl'],
        ['~/bin/unsnarl', '/home/me/bin/unsnarl'],
        ['tools/unsnarl', '/work/tools/unsnarl'],
        ['${workspaceFolder}/tools/unsnarl', '/work/tools/unsnarl'],
        [' /opt/unsnarl ', '/opt/unsnarl'],
    ] as const) {
        assert.deepEqual(findServer(machine(files, { setting })), { program });
    }
    const missing = findServer(machine(files, { setting: '/nowhere/unsnarl' }));
    assert.deepEqual(missing, { problem: '`unsnarl.path`: there is no file `/nowhere/unsnarl`' });
});

test('a relative setting needs a folder', () => {
    const found = findServer(machine([], { setting: 'tools/unsnarl', folder: undefined }));
    assert.ok('problem' in found && found.problem.includes('no folder is open'));
});

test('the program has its own name on Windows, and PATH another', () => {
    // The separators are those of the machine that runs the test.
    const here = machine(['/tools/unsnarl.exe'], { platform: 'win32', environment: { Path: '/tools' } });
    assert.deepEqual(findServer(here), { program: '/tools/unsnarl.exe' });
});

test('files are told from folders', () => {
    assert.ok(isFile(process.execPath));
    assert.ok(!isFile('/'));
    assert.ok(!isFile('/there/is/no/such/file'));
});
