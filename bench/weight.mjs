import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The scripts and styles that the page names in its HTML, gzipped, in kB. */
export async function measureWeight(root) {
  const html = await readFile(join(root, 'index.html'), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="([^":]+\.(?:js|css))"/g)].map(([, name]) => name);
  const kinds = { js: 0, css: 0 };
  for (const name of new Set(names)) kinds[name.endsWith('.js') ? 'js' : 'css'] += gzipSync(await readFile(join(root, name))).length;
  return [
    { what: 'JavaScript', kB: Math.round(kinds.js / 100) / 10 },
    { what: 'styles', kB: Math.round(kinds.css / 100) / 10 },
  ];
}
