// `npm run bench`: prints how fast the demo pair answers side by side, how heavy the page is, and how long its longest
// task is while both panes stream. Starts its own server; nothing here is a test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { measurePage } from './page.mjs';
import { measurePair } from './pair.mjs';
import { measureWeight } from './weight.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

const port = await freePort();
const server = spawn(process.execPath, ['dist/apps/api/main.js'], {
  env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  for await (const line of server.stdout) if (String(line).includes('listening')) break;
  const origin = `http://127.0.0.1:${port}`;
  console.log('Both demo checkpoints at once, through the HTTP API:');
  console.table(await measurePair(origin));
  console.log('The page while both panes stream, in Chromium:');
  console.table(await measurePage(origin));
  console.log('What the browser loads first, compressed:');
  console.table(await measureWeight('dist/apps/web/browser'));
} finally {
  server.kill('SIGTERM');
}
