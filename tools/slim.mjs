// `node tools/slim.mjs`: removes from node_modules what a running server never reads: source maps, typings, pages for
// readers, other forms of the same code, and the source of llama.cpp that the binding carries for those who compile it. Run on the image's copy only.
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './keep-own-binary.mjs';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');

/** Of use to a compiler only; they stay behind when what asked for them is pruned. */
const TOOLS = ['typescript', '@types', '.cache', '.bin'];
/** The same code once more, for browsers, other loaders or readers: Node takes none of it. */
const OTHER_FORMS = [
  ...['src', 'dist/bundles', 'dist/esm', 'dist/esm5'].map((form) => `rxjs/${form}`),
  ...['bundles', 'esm2015', 'esm5'].map((form) => `class-validator/${form}`),
  ...['csv-parse', 'csv-stringify'].flatMap((name) => ['esm', 'iife', 'umd'].map((form) => `${name}/dist/${form}`)),
  'ajv/lib',
];
const UNREAD = /\.(?:map|d\.[cm]?ts|md|markdown|flow)$|^(?:gitRelease\.bundle|CHANGELOG|\.eslintrc.*)$/i;

for (const name of [...TOOLS, ...OTHER_FORMS]) rmSync(join(modules, name), { recursive: true, force: true });
rmSync(join(modules, '..', 'dist', 'apps', 'web', 'browser-stats.json'));
for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
  // Licences stay: whoever passes the image on passes them on.
  if (entry.isFile() && UNREAD.test(basename(entry.name))) rmSync(join(entry.parentPath, entry.name));
}
