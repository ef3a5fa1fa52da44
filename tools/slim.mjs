// `node tools/slim.mjs`: removes from node_modules what a running server never reads: source maps, typings, pages for
// readers, and the source of llama.cpp that the binding carries for those who compile it. Run on the image's copy only.
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './keep-own-binary.mjs';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');

/** Of use to a compiler only; they stay behind when what asked for them is pruned. */
const TOOLS = ['typescript', '@types', '.cache', '.bin'];
const UNREAD = /\.(?:map|d\.[cm]?ts|md|markdown|flow)$|^(?:gitRelease\.bundle|CHANGELOG|\.eslintrc.*)$/i;

for (const name of TOOLS) rmSync(join(modules, name), { recursive: true, force: true });
for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
  // Licences stay: whoever passes the image on passes them on.
  if (entry.isFile() && UNREAD.test(basename(entry.name))) rmSync(join(entry.parentPath, entry.name));
}
