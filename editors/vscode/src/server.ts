// Where the server is. Knows nothing of VS Code, so that it is tested without it.

import * as fs from 'node:fs';
import * as path from 'node:path';

/** What decides where the server is. */
export interface Surroundings {
    /** The setting `unsnarl.path`. */
    setting: string;
    /** The first folder of the workspace, if one is open. */
    folder: string | undefined;
    home: string;
    environment: NodeJS.ProcessEnv;
    platform: NodeJS.Platform;
    isFile: (path: string) => boolean;
}

/** The program, or one line that says why there is none. */
export type Found = { program: string } | { problem: string };

/** Looks where the setting says, and if it says nothing on `PATH` and where `cargo install` puts programs. */
export function findServer(surroundings: Surroundings): Found {
    const { setting, folder, home, environment, platform, isFile } = surroundings;
    const given = setting.trim();
    if (given !== '') {
        const program = absolute(given, folder, home);
        if (program === undefined) {
            return { problem: `\`unsnarl.path\` is \`${given}\`, and no folder is open that it could count from` };
        }
        return isFile(program) ? { program } : { problem: `\`unsnarl.path\`: there is no file \`${program}\`` };
    }
    const name = platform === 'win32' ? 'unsnarl.exe' : 'unsnarl';
    const searched = (variable(environment, 'PATH', platform) ?? '').split(path.delimiter);
    const cargo = environment['CARGO_HOME'] ?? path.join(home, '.cargo');
    // A relative entry of PATH would let the opened folder say what runs.
    const folders = [...searched.filter((entry) => path.isAbsolute(entry)), path.join(cargo, 'bin')];
    const program = folders.map((entry) => path.join(entry, name)).find(isFile);
    return program === undefined
        ? { problem: 'there is no `unsnarl` on `PATH` or among the programs that Cargo installed' }
        : { program };
}

/** A path of the settings; none if it is relative and no folder is open. */
export function absolute(given: string, folder: string | undefined, home: string): string | undefined {
    const expanded = given.replace(/^~(?=$|[\\/])/, () => home);
    if (path.isAbsolute(expanded)) {
        return path.normalize(expanded);
    }
    const inFolder = expanded.replace(/^\$\{workspaceFolder\}[\\/]?/, '');
    return folder === undefined ? undefined : path.join(folder, inFolder);
}

/** Whether a file is there; links are followed. */
export function isFile(path: string): boolean {
    return fs.statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Windows does not tell `Path` from `PATH`. */
function variable(environment: NodeJS.ProcessEnv, name: string, platform: NodeJS.Platform): string | undefined {
    const is = (key: string) => (platform === 'win32' ? key.toUpperCase() === name : key === name);
    const key = Object.keys(environment).find(is);
    return key === undefined ? undefined : environment[key];
}
