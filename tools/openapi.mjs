// `npm run openapi`: writes docs/openapi.json, as the built server describes itself. Arguments: another file to write it to.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listening } from './listening.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = process.argv[2] ?? join(root, 'docs', 'openapi.json');
const folder = await mkdtemp(join(tmpdir(), 'tandem-openapi-'));
const server = spawn(process.execPath, [join(root, 'dist/apps/api/main.js')], {
  cwd: folder,
  env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', LOG_FORMAT: 'json', CHECKPOINTS_DIR: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const origin = await listening(server);
  const document = await (await fetch(`${origin}/api/openapi.json`)).json();
  await writeFile(target, `${JSON.stringify(document, null, 2)}\n`);
  console.log(`${target}: ${Object.keys(document.paths).length} paths`);
} finally {
  if (server.exitCode === null) {
    server.kill();
    await once(server, 'exit');
  }
  await rm(folder, { recursive: true });
}
