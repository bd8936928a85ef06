// Starts `unsnarl server` and keeps it running; everything else is the server's.

import * as os from 'node:os';
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { absolute, findServer, isFile } from './server';

const LANGUAGES = ['python', 'rust'];
/** Settings that are paths, and the server's names of them. */
const PATHS = { config: 'config', pythonEnvironment: 'python-environment' };

let output: vscode.LogOutputChannel;
let client: LanguageClient | undefined;
/** What starts and stops the server, one after the other. */
let queue: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    output = vscode.window.createOutputChannel('unsnarl', { log: true });
    context.subscriptions.push(
        output,
        vscode.commands.registerCommand('unsnarl.restart', restart),
        vscode.commands.registerCommand('unsnarl.showOutput', () => output.show()),
        vscode.workspace.onDidChangeConfiguration(changed),
        vscode.workspace.onDidGrantWorkspaceTrust(restart),
    );
    await restart();
}

export async function deactivate(): Promise<void> {
    await enqueue(stop);
}

function restart(): Promise<void> {
    return enqueue(async () => {
        await stop();
        await start();
    });
}

function enqueue(work: () => Promise<void>): Promise<void> {
    queue = queue.then(work).catch((error: unknown) => output.error(String(error)));
    return queue;
}

async function stop(): Promise<void> {
    const stopped = client;
    client = undefined;
    await stopped?.dispose();
}

async function start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration('unsnarl');
    const found = findServer({
        setting: settings.get('path', ''),
        folder: firstFolder(),
        home: os.homedir(),
        environment: process.env,
        platform: process.platform,
        isFile,
    });
    if ('problem' in found) {
        output.error(found.problem);
        void offerHelp(found.problem);
        return;
    }
    output.info(`starting ${found.program}`);
    const server: ServerOptions = { command: found.program, args: ['server'] };
    const options: LanguageClientOptions = {
        documentSelector: LANGUAGES.map((language) => ({ scheme: 'file', language })),
        outputChannel: output,
        initializationOptions: serverOptions(),
    };
    const started = new LanguageClient('unsnarl', 'unsnarl', server, options);
    client = started;
    try {
        await started.start();
    } catch (error) {
        output.error(`${found.program} does not start: ${String(error)}`);
        void offerHelp(`\`${found.program} server\` does not start`);
    }
}

/** The settings under the names that the server knows; what is not set is the project's own to say. */
function serverOptions(): Record<string, string> {
    const settings = vscode.workspace.getConfiguration('unsnarl');
    const options: Record<string, string> = {};
    const certainty = settings.get('minCertainty', '');
    if (certainty !== '') {
        options['min-certainty'] = certainty;
    }
    for (const [setting, option] of Object.entries(PATHS)) {
        const given = settings.get(setting, '');
        const path = given === '' ? undefined : absolute(given, firstFolder(), os.homedir());
        if (path !== undefined) {
            options[option] = path;
        }
    }
    return options;
}

function firstFolder(): string | undefined {
    return vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file')?.uri.fsPath;
}

async function changed(event: vscode.ConfigurationChangeEvent): Promise<void> {
    if (event.affectsConfiguration('unsnarl.path')) {
        await restart();
    } else if (['minCertainty', ...Object.keys(PATHS)].some((name) => event.affectsConfiguration(`unsnarl.${name}`))) {
        await client?.sendNotification('workspace/didChangeConfiguration', { settings: { unsnarl: serverOptions() } });
    }
}

async function offerHelp(problem: string): Promise<void> {
    const open = 'Open Settings';
    const show = 'Show Output';
    const chosen = await vscode.window.showErrorMessage(`unsnarl: ${problem}`, open, show);
    if (chosen === open) {
        await vscode.commands.executeCommand('workbench.action.openSettings', 'unsnarl.path');
    } else if (chosen === show) {
        output.show();
    }
}
