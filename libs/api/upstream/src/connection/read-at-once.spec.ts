import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { ONE_BUFFER, readAtOnce } from './read-at-once';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** Both ends of a connection; the client reads as `readAtOnce` has it. */
async function setup() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  const client = readAtOnce(connect({ port, host: '127.0.0.1', ...ONE_BUFFER } as NetConnectOpts));
  const [there] = await arrived;
  closers.push(() => client.destroy());
  closers.push(() => there.destroy());
  return { client, there };
}

/** Everything that comes, read until nothing is left each time, but not while `waits`. */
function listen(client: Socket, waits: () => boolean = () => false) {
  const pieces: Buffer[] = [];
  let told = (): void => undefined;
  const take = (): void => {
    while (!waits()) {
      const bytes = client.read() as Buffer | null;
      if (bytes === null) break;
      pieces.push(bytes);
    }
    told();
  };
  client.on('readable', take);
  const until = async (isEnough: (text: string) => boolean): Promise<string> => {
    while (!isEnough(Buffer.concat(pieces).toString())) await new Promise<void>((resolve) => (told = resolve));
    return Buffer.concat(pieces).toString();
  };
  return { pieces, take, until };
}

describe('readAtOnce', () => {
  it('gives what comes, in order, and then the end', async () => {
    const { client, there } = await setup();
    const { until } = listen(client);
    const ended = once(client, 'end');
    const text = Array.from({ length: 20_000 }, (_, n) => `${n} `).join('');
    there.end(text);
    await ended;
    expect(await until(({ length }) => length >= text.length)).toBe(text);
  });

  it('gives bytes that nothing writes over', async () => {
    const { client, there } = await setup();
    const { pieces, until } = listen(client);
    there.write('first');
    await until((text) => text === 'first');
    there.write('other');
    await until(({ length }) => length === 10);
    expect(pieces.map(String)).toEqual(['first', 'other']);
  });

  it('keeps what is not taken, behind what was given back, and the end behind both', async () => {
    const { client, there } = await setup();
    let isWaiting = false;
    const { pieces, take, until } = listen(client, () => isWaiting);
    const ended = once(client, 'end');
    there.write('a');
    await until((text) => text === 'a');
    isWaiting = true;
    pieces.pop();
    client.unshift(Buffer.from('a'));
    there.end('b'.repeat(300_000));
    // as long as the other side has something to send, it has not ended
    await once(client, 'readable');
    expect([pieces.length, client.readableEnded]).toEqual([0, false]);
    isWaiting = false;
    take();
    expect(await until(({ length }) => length > 300_000)).toBe(`a${'b'.repeat(300_000)}`);
    await ended;
  });

  it('keeps what comes before anybody listens', async () => {
    const { client, there } = await setup();
    const seen = new Promise<void>((resolve) => {
      const timer = setInterval(() => client.readableLength > 0 && resolve(), 1);
      closers.push(() => clearInterval(timer));
    });
    client.read(0);
    there.write('early');
    await seen;
    expect(await listen(client).until((text) => text === 'early')).toBe('early');
  });
});
