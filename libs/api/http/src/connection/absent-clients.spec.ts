import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type AbsenceLimits, AbsentClients } from './absent-clients';
import { endsOf, type TcpState } from './tcp-table';

const closers: (() => void)[] = [];
const closing = (close: () => void): void => void closers.push(close);
afterEach(() =>
  closers
    .splice(0)
    .reverse()
    .forEach((close) => close()),
);

/** A connection that is looked after, of which the system says what the test says. */
async function setup(limits: Partial<AbsenceLimits>, state: () => Partial<TcpState> | undefined) {
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing(() => void server.close());
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  closing(() => void client.destroy());
  while (accepted.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const [socket] = accepted as [Socket];
  closing(() => void socket.destroy());
  let looks = 0;
  const clients = new AbsentClients({ absentMs: 300, stalledMs: 60_000, checkMs: 20, ...limits }, async () => {
    looks++;
    const known = state();
    return new Map(known ? [[endsOf(socket) ?? '', { outstanding: 10, unread: 0, isUnanswered: false, retries: 0, ...known }]] : []);
  });
  clients.watch(socket);
  closing(() => clients.leave(socket));
  socket.write('ten bytes.');
  const untilLooks = async (count: number) => {
    for (const from = looks; looks < from + count; await new Promise((resolve) => setImmediate(resolve)));
  };
  return { socket, clients, untilLooks, looks: () => looks };
}

const untilDestroyed = async (socket: Socket) => {
  while (!socket.destroyed) await new Promise((resolve) => setImmediate(resolve));
};

describe('AbsentClients', () => {
  it('lets a client go that acknowledges nothing however often it is asked', async () => {
    const { socket } = await setup({}, () => ({ outstanding: 10, isUnanswered: true, retries: 1 }));
    const began = performance.now();
    await untilDestroyed(socket);
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it('lets a client go that is asked in vain while more waits in the process', async () => {
    let retries = 0;
    const { socket, untilLooks } = await setup({}, () => ({ outstanding: 10, isUnanswered: retries > 0, retries }));
    socket.write(Buffer.alloc(16_000_000));
    await untilLooks(5);
    expect([socket.writableLength > 0, socket.destroyed]).toEqual([true, false]);
    retries = 1;
    await untilDestroyed(socket);
  });

  it('lets a client go whose buffers are full in the process too once it takes nothing, however little it took before', async () => {
    let outstanding = 100;
    let isTaking = true;
    const { socket, untilLooks } = await setup({ absentMs: 1, stalledMs: 200 }, () => ({
      outstanding: isTaking ? (outstanding -= 1) : outstanding,
      isUnanswered: false,
      retries: 0,
    }));
    socket.write(Buffer.alloc(16_000_000));
    await untilLooks(25);
    expect([socket.writableLength > 0, socket.destroyed]).toEqual([true, false]);
    isTaking = false;
    await untilDestroyed(socket);
  });

  it('keeps a client on this machine that reads too little for its system to say so', async () => {
    let unread = 1_000_000;
    const { socket, untilLooks } = await setup({ stalledMs: 100 }, () => ({ unread: (unread -= 1) }));
    await untilLooks(15);
    expect(socket.destroyed).toBe(false);
  });

  it('lets a client go whose buffers are full where the system tells nothing, unless its socket sees to that', async () => {
    const { socket } = await setup({ stalledMs: 200 }, () => undefined);
    socket.write(Buffer.alloc(16_000_000));
    const other = await setup({ stalledMs: 200 }, () => undefined);
    other.socket.setTimeout(60_000);
    other.socket.write(Buffer.alloc(16_000_000));
    await untilDestroyed(socket);
    await other.untilLooks(25);
    expect(other.socket.destroyed).toBe(false);
  });

  it('lets a client go that has no room for more, after longer', async () => {
    const { socket } = await setup({ absentMs: 1, stalledMs: 300 }, () => ({ outstanding: 10, isUnanswered: false, retries: 0 }));
    const began = performance.now();
    await untilDestroyed(socket);
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it('keeps a client that acknowledges something now and then', async () => {
    let outstanding = 1_000_000;
    const { socket, untilLooks } = await setup({ absentMs: 100 }, () => ({ outstanding: (outstanding -= 1), isUnanswered: true, retries: 1 }));
    await untilLooks(15);
    expect(socket.destroyed).toBe(false);
  });

  it('keeps a client that has acknowledged everything, or that the system knows nothing of', async () => {
    const { socket, untilLooks } = await setup({ absentMs: 1, stalledMs: 1 }, () => undefined);
    await untilLooks(5);
    expect(socket.destroyed).toBe(false);
  });

  it('does not count the time for which this process itself was stopped', async () => {
    const { socket, untilLooks } = await setup({ absentMs: 300 }, () => ({ outstanding: 10, isUnanswered: true, retries: 1 }));
    await untilLooks(2);
    const until = performance.now() + 500;
    while (performance.now() < until);
    await untilLooks(2);
    expect(socket.destroyed).toBe(false);
    await untilDestroyed(socket);
  });

  it('looks no more once nobody is left', async () => {
    const { socket, clients, looks, untilLooks } = await setup({}, () => undefined);
    await untilLooks(1);
    clients.leave(socket);
    const before = looks();
    const other = await setup({}, () => undefined);
    await other.untilLooks(5);
    expect(looks()).toBe(before);
  });
});
