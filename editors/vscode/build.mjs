// Bundles the extension into dist/, with the licences of what is in the bundle.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';

const { metafile } = await build({
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
});

const packages = new Set();
for (const input of Object.keys(metafile.inputs)) {
    const found = /^node_modules\/(@[^/]+\/[^/]+|[^/]+)\//.exec(input);
    if (found !== null) {
        packages.add(found[1]);
    }
}
const notices = [...packages].sort().map((name) => {
    const folder = path.join('node_modules', name);
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) {
        throw new Error(`${name} ${version} comes without its licence`);
    }
    return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
});
fs.writeFileSync('dist/third-party-licenses.txt', notices.join(`\n${'-'.repeat(80)}\n\n`));
for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) {
    fs.copyFileSync(path.join('..', '..', licence), path.join('dist', licence));
}
