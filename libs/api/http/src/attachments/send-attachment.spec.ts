import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Attachment, sendAttachment } from './send-attachment';

let server: Server;
afterEach(() => server.close());

async function get(pieces: Attachment['pieces']): Promise<Response> {
  server = createServer((_, response) => void sendAttachment(response, { type: 'text/csv', name: 'run-1.csv', pieces })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

describe('a file that is sent', () => {
  it('is an attachment in UTF-8 that nobody keeps on the way', async () => {
    const response = await get(['a,', 'ö']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="run-1.csv"',
      'cache-control': 'no-store',
    });
    await expect(response.text()).resolves.toBe('a,ö');
  });

  it('may be empty', async () => {
    await expect((await get([])).text()).resolves.toBe('');
  });

  it('does not look whole where it could not be made to its end', async () => {
    const response = await get(
      (function* () {
        yield 'a,b';
        throw new Error('The store is gone.');
      })(),
    );
    await expect(response.text()).rejects.toThrow();
  });
});
