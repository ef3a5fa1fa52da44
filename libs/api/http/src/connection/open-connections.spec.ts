import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeAfterEach, dial, received } from '@tandem/testing';
import { OpenConnections } from './open-connections';

const closeLater = closeAfterEach();

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
    const answer = received(busy);
    const nothing = received(silent);
    busy.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(server, 'request');
    const closed = connections.close(performance.now() + 10_000);
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
