// Of a run of browser tests: the servers that files use as they come, without a configuration of their own. Each worker has one, which
// starts when its first file asks for it, and ends with the run.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { startApp } from './start-app.ts';

const apps = new Map();
let giver;

export async function shareServers() {
  giver = createServer((request, response) => {
    const worker = request.url;
    if (!apps.has(worker)) apps.set(worker, startApp());
    apps.get(worker).then(
      ({ url }) => response.end(url),
      (error) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(giver, 'listening');
  process.env.SHARED_SERVERS = `http://127.0.0.1:${giver.address().port}`;
}

export async function endServers() {
  giver?.close();
  giver?.closeAllConnections();
  for (const app of await Promise.allSettled(apps.values())) await app.value?.close();
}
