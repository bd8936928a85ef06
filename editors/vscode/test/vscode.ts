// As much of VS Code as the language client needs to run one server without an editor around it. What is not here is a
// name that can be called, constructed and asked for more names, and does nothing.

import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Listener = (event: unknown) => unknown;

class Disposable {
    constructor(private readonly end: () => void = () => {}) {}
    static from(...all: Disposable[]): Disposable {
        return new Disposable(() => all.forEach((one) => one.dispose()));
    }
    dispose(): void {
        this.end();
    }
}

class EventEmitter {
    private readonly listeners = new Set<Listener>();
    readonly event = (listener: Listener, self?: unknown): Disposable => {
        const bound = listener.bind(self);
        this.listeners.add(bound);
        return new Disposable(() => this.listeners.delete(bound));
    };
    fire(event: unknown): void {
        this.listeners.forEach((listener) => listener(event));
    }
    dispose(): void {
        this.listeners.clear();
    }
}

class CancellationTokenSource {
    private readonly emitter = new EventEmitter();
    readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
    cancel(): void {
        this.token.isCancellationRequested = true;
        this.emitter.fire(undefined);
    }
    dispose(): void {
        this.emitter.dispose();
    }
}

export class Uri {
    readonly scheme: string;
    private constructor(private readonly text: string) {
        this.scheme = text.slice(0, text.indexOf(':'));
    }
    static parse(text: string): Uri {
        return new Uri(text);
    }
    static file(path: string): Uri {
        return new Uri(pathToFileURL(path).href);
    }
    get fsPath(): string {
        return fileURLToPath(this.text);
    }
    get path(): string {
        return new URL(this.text).pathname;
    }
    toString(): string {
        return this.text;
    }
}

class Position {
    constructor(
        readonly line: number,
        readonly character: number,
    ) {}
}

class Range {
    readonly start: Position;
    readonly end: Position;
    constructor(...ends: [Position, Position] | [number, number, number, number]) {
        [this.start, this.end] =
            ends.length === 2 ? ends : [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])];
    }
}

class Location {
    constructor(
        readonly uri: Uri,
        readonly range: Range,
    ) {}
}

export class Diagnostic {
    code: unknown;
    source: string | undefined;
    relatedInformation: { location: Location; message: string }[] | undefined;
    constructor(
        readonly range: Range,
        readonly message: string,
        readonly severity: number,
    ) {}
}

class RelatedInformation {
    constructor(
        readonly location: Location,
        readonly message: string,
    ) {}
}

/** A name that does nothing. */
function nothing(): unknown {
    const target = class {
        dispose(): void {}
    };
    return new Proxy(target, {
        // A promise would wait for what has a `then`.
        get: (of, name, self) =>
            name in of || typeof name === 'symbol' || name === 'then' ? Reflect.get(of, name, self) : nothing(),
        apply: () => new Disposable(),
    });
}

function partly(known: Record<string, unknown>): unknown {
    return new Proxy(known, { get: (of, name) => (name in of ? of[name as string] : nothing()) });
}

/** What the extension did, and how to act as its user. */
export interface Editor {
    module: unknown;
    commands: Map<string, () => Promise<void>>;
    /** By the address of the file, over all collections. */
    diagnostics: Map<string, readonly Diagnostic[]>;
    errors: string[];
    settings: Map<string, unknown>;
}

/** An editor with one folder, and one document of it open. */
export function editor(folder: string, document: { file: string; languageId: string; text: string }): Editor {
    const uri = Uri.file(path.join(folder, document.file));
    const textDocument = { uri, version: 1, languageId: document.languageId, getText: () => document.text };
    const shown: Editor = {
        module: undefined,
        commands: new Map(),
        diagnostics: new Map(),
        errors: [],
        settings: new Map(),
    };
    const never = new EventEmitter().event;
    const events = (known: Record<string, unknown>): unknown =>
        new Proxy(known, {
            get: (of, name) => {
                const isEvent = typeof name === 'string' && /^on(Did|Will)/.test(name);
                return name in of ? of[name as string] : isEvent ? never : nothing();
            },
        });
    const collection = () => ({
        set: (uri: Uri, diagnostics: readonly Diagnostic[] = []) => shown.diagnostics.set(uri.toString(), diagnostics),
        delete: (uri: Uri) => shown.diagnostics.delete(uri.toString()),
        has: (uri: Uri) => shown.diagnostics.has(uri.toString()),
        clear: () => shown.diagnostics.clear(),
        forEach: () => {},
        dispose: () => shown.diagnostics.clear(),
    });
    const log = { append: () => {}, appendLine: () => {}, show: () => {}, dispose: () => {} };
    const severities = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
    shown.module = partly({
        CancellationTokenSource,
        Diagnostic,
        DiagnosticRelatedInformation: RelatedInformation,
        DiagnosticSeverity: severities,
        Disposable,
        EventEmitter,
        Location,
        Position,
        Range,
        Uri,
        commands: partly({
            registerCommand: (name: string, run: () => Promise<void>) => {
                shown.commands.set(name, run);
                return new Disposable(() => shown.commands.delete(name));
            },
        }),
        env: partly({ appName: 'a test', language: 'en' }),
        languages: events({
            createDiagnosticCollection: collection,
            match: (selector: { language?: string }[], of: { languageId: string }) =>
                selector.some((filter) => filter.language === of.languageId) ? 10 : 0,
        }),
        version: '1.91.0',
        window: events({
            activeTextEditor: undefined,
            createOutputChannel: () =>
                partly({
                    ...log,
                    ...Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error'].map((name) => [name, () => {}])),
                }),
            showErrorMessage: async (message: string) => void shown.errors.push(message),
            tabGroups: events({ all: [] }),
            visibleTextEditors: [],
        }),
        workspace: events({
            getConfiguration: (section = '') => ({
                get: (name: string, otherwise?: unknown) =>
                    shown.settings.get(section === '' ? name : `${section}.${name}`) ?? otherwise,
            }),
            notebookDocuments: [],
            textDocuments: [textDocument],
            workspaceFolders: [{ uri: Uri.file(folder), name: 'project', index: 0 }],
        }),
    });
    return shown;
}
