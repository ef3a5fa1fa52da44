import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { PATIENCE_MS } from '@tandem/testing';
import { OpenConnections } from './open-connections';

const closers: (() => void | Promise<void>)[] = [];
const closeLater = (close: () => void | Promise<void>): void => void closers.push(close);
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe('OpenConnections', () => {
  it('lets an answer come to its end, closes what idles or never said a word, and takes nothing new', async () => {
    let finish!: () => void;
    const server = createServer((_, response) => {
      response.write('begun, ');
      finish = () => response.end('ended');
    }).listen(0, '127.0.0.1');
    closeLater(() => server.closeAllConnections());
    await once(server, 'listening');
    const connections = new OpenConnections(server);
    const { port } = server.address() as AddressInfo;
    const [busy, silent] = [await dial(port), await dial(port)];
    closeLater(() => void [busy, silent].forEach((socket) => socket.destroy()));
    const answer = text(busy);
    const nothing = text(silent);
    busy.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(server, 'request');
    const closed = connections.close(performance.now() + PATIENCE_MS);
    expect(await nothing).toBe('');
    expect(busy.destroyed).toBe(false);
    finish();
    expect(await answer).toMatch(/begun, .*ended/s);
    await closed;
    await expect(dial(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('waits for an answer no longer than until the deadline', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    closeLater(() => server.closeAllConnections());
    await once(server, 'listening');
    const connections = new OpenConnections(server);
    const busy = await dial((server.address() as AddressInfo).port);
    closeLater(() => void busy.destroy());
    busy.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(server, 'request');
    await connections.close(performance.now() + 50);
    expect(busy.destroyed).toBe(false);
  });
});
