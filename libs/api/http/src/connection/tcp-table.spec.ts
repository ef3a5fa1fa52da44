import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { eventually } from '@tandem/testing';
import { endsOf, parseTcpTable, readTcpTable } from './tcp-table';

const closers: (() => void)[] = [];
const closing = (close: () => void): void => void closers.push(close);
afterEach(() =>
  closers
    .splice(0)
    .reverse()
    .forEach((close) => close()),
);
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

describe('parseTcpTable', () => {
  it.each([
    ['has just sent something', '00000007:00000000 01:00000014 00000000     0        0 6410008 2 00000000f7ffaa2d', 7, true, 0],
    ['sends it again and again', '000001A0:00000000 01:00000A3C 00000007     0        0 6410008 2 00000000f7ffaa2d', 416, true, 7],
    ['finds no room, and is told so', '0038B200:00000000 04:00000013 00000000     0        0 6410008 2 00000000f7ffaa2d', 3_715_584, false, 0],
    ['asks for room in vain', '0038B200:00000000 04:00000F13 00000000     0        6 6410008 2 00000000f7ffaa2d', 3_715_584, true, 6],
  ])('knows a connection that %s', (_, rest, outstanding, isUnanswered, retries) => {
    const table = parseTcpTable(`${HEAD}\n   0: 0100007F:1F90 0A00000A:D431 01 ${rest} 20 4 1 10 -1\n`);
    expect([...table]).toEqual([['1F90 0A00000A:D431', { outstanding, unread: 0, isUnanswered, retries }]]);
  });

  it('leaves out a connection on which nothing is outstanding', () => {
    const rest = '00000000:00000000 00:00000000 00000000     0        0 6410008 1 00000000f7ffaa2d';
    expect(parseTcpTable(`${HEAD}\n   0: 0100007F:1F90 0A00000A:D431 01 ${rest} 20 4 1 10 -1\n`).size).toBe(0);
  });

  it('reads what is no table as an empty one', () => {
    expect(parseTcpTable('').size).toBe(0);
  });
});

const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
const OVER_IPV6 = [
  ['::1', '::1'],
  ['::', '127.0.0.1'],
] as const;

describeOnLinux('readTcpTable', () => {
  it.each([['127.0.0.1', '127.0.0.1'] as const, ...(hasIPv6 ? OVER_IPV6 : [])])(
    'knows how much a client of %s at %s has not taken yet',
    async (host, address) => {
      const accepted: Socket[] = [];
      const server = createServer((socket) => accepted.push(socket)).listen(0, host);
      await once(server, 'listening');
      closing(() => void server.close());
      const client = connect((server.address() as AddressInfo).port, address);
      closing(() => void client.destroy());
      await once(client, 'connect');
      client.pause();
      while (accepted.length === 0) await new Promise((resolve) => setImmediate(resolve));
      const [socket] = accepted as [Socket];
      closing(() => void socket.destroy());
      const stateOf = async () => (await readTcpTable()).get(endsOf(socket) ?? '');
      const outstanding = async () => (await stateOf())?.outstanding ?? 0;
      expect(await outstanding()).toBe(0);
      socket.write(Buffer.alloc(8_000_000));
      await eventually(async () => {
        const state = await stateOf();
        expect(state?.outstanding).toBeGreaterThan(100_000);
        expect(state?.unread).toBeGreaterThan(10_000);
      });
      client.resume();
      while ((await outstanding()) !== 0);
      socket.destroy();
      expect(endsOf(socket)).toBeUndefined();
    },
  );
});
