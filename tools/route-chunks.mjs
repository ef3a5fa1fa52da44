// Writes which files each page needs besides those that all need: `node tools/route-chunks.mjs <stats of the build> <output>`. The
// server names them in the page, so that the browser need not run the one to find out about the other.
import { readFileSync, writeFileSync } from 'node:fs';

const [stats, output] = process.argv.slice(2);
const { outputs } = JSON.parse(readFileSync(stats, 'utf8'));
/** The pages, and where the build begins each. */
const PAGES = {
  compare: 'libs/web/compare/src/index.ts',
  chat: 'libs/web/chat/src/index.ts',
  models: 'libs/web/models/src/index.ts',
  runs: 'libs/web/runs/src/index.ts',
  comparisons: 'libs/web/compare/src/result/index.ts',
};
const MAIN = 'apps/web/src/main.ts';

/** A file and all that it imports at once. */
function withImports(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const { path, kind, external } of outputs[name].imports) if (kind === 'import-statement' && !external) withImports(path, found);
  return found;
}

function fileOf(entry) {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry);
  if (!found) throw new Error(`${stats} tells of no file for ${entry}`);
  return found[0];
}

const known = withImports(fileOf(MAIN));
const chunks = Object.entries(PAGES).map(([page, entry]) => [page, [...withImports(fileOf(entry))].filter((name) => !known.has(name))]);
writeFileSync(output, JSON.stringify(Object.fromEntries(chunks)));
