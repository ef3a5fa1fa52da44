import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEEPS_NOTHING, type RunningServer, startServer } from './testing/start-server';

/** More than Node has the system keep of itself, which is 511. */
const READERS = 800;
const SYSTEM_LIMIT = '/proc/sys/net/core/somaxconn';
/** A system that keeps fewer for anybody cannot show it. */
const isTold = existsSync(SYSTEM_LIMIT) && Number(readFileSync(SYSTEM_LIMIT, 'utf8')) > READERS;

let folder: string;
let server: RunningServer;
const readers: Socket[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-backlog-'));
  server = await startServer(folder, KEEPS_NOTHING);
});
afterAll(async () => {
  for (const reader of readers) reader.destroy();
  server.signal('SIGCONT');
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('a server that has no time to take connections', () => {
  (isTold ? it : it.skip)('loses none of the many that come meanwhile', async () => {
    server.signal('SIGSTOP');
    const { hostname, port } = new URL(server.origin);
    for (let count = 0; count < READERS; count++) readers.push(connect(Number(port), hostname));
    // beyond what is kept, the system answers nothing at all
    await Promise.all(readers.map((reader) => once(reader, 'connect')));
    server.signal('SIGCONT');
    const last = readers.at(-1);
    last?.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(last as Socket, 'data')) as [Buffer];
    expect(answer.toString()).toContain('HTTP/1.1 200');
  });
});
