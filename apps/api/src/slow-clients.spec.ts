import { once } from 'node:events';
import type { ServerLimits } from '@tandem/api/http';
import { closeAfterEach, dial, exchange, received, until } from '@tandem/testing';
import { errorIn, head, HUGE, late, lines, startBoundedServer } from './testing/bounded-server';

const closing = closeAfterEach();
const setup = (limits: Partial<ServerLimits> = {}) => startBoundedServer(closing, limits);
const itOnLinux = process.platform === 'linux' ? it : it.skip;

describe('slow clients', () => {
  /** Longer than it takes to read the beginning of a request, also on a busy machine. */
  const limits = { headersMs: 2_000, requestMs: 3_000, checkMs: 50 };

  /** Sends a byte at a time, for as long as anyone listens. */
  async function drip(port: number, beginning: string): Promise<string> {
    const socket = await dial(port);
    const answer = received(socket);
    socket.write(beginning);
    const timer = setInterval(() => socket.write('x'), 50);
    socket.once('close', () => clearInterval(timer));
    closing(() => void socket.destroy());
    return answer;
  }

  it('are let go, 500 of them, while the others are answered', async () => {
    const { port, origin, exchanges } = await setup(limits);
    // over the connection that the others are asked on, too
    await (await fetch(`${origin}/healthz`)).text();
    const dripping = Array.from({ length: 500 }, () => drip(port, 'GET /healthz HTTP/1.1\r\nX-Slow: '));
    let open = dripping.length;
    const over = Promise.all(dripping.map((answer) => answer.finally(() => (open -= 1))));
    let answered = 0;
    while (open > 0) {
      const answer = await fetch(`${origin}/healthz`);
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'success' }]);
      answered += 1;
    }
    expect(answered).toBeGreaterThan(0);
    for (const answer of await over) expect(errorIn(answer)).toMatchObject({ status: 408, code: 'request_timeout', retryable: true });
    expect(exchanges.filter(({ route, status }) => route === 'unread' && status === 408)).toHaveLength(500);
  });

  it('are let go when only the body is slow', async () => {
    const { port, exchanges } = await setup(limits);
    const answer = await drip(port, 'POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{');
    expect(errorIn(answer)).toMatchObject({ status: 408, code: 'request_timeout' });
    await until(() => exchanges.length > 0);
    expect(exchanges).toMatchObject([{ method: 'POST', status: 408, durationMs: expect.any(Number) }]);
  });

  it('are let go when they say nothing at all, which counts for no request', async () => {
    const { port, exchanges } = await setup(limits);
    const socket = await dial(port);
    expect(errorIn(await received(socket))).toMatchObject({ status: 408, code: 'request_timeout' });
    expect(exchanges).toEqual([]);
  });

  it('may take all the time they need to read an answer', async () => {
    const { port } = await setup({ ...limits, keepAliveMs: 100 });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(head('/api/endless'));
    const closed = received(socket).then(() => 'closed');
    // meanwhile the time for a request is over, and that for a connection of no use
    await drip(port, 'POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{');
    await exchange(port, head('/healthz'));
    expect(await Promise.race([closed, Promise.resolve('open')])).toBe('open');
  });

  it('are let go when they stop reading', async () => {
    const { port, connections } = await setup({ stalledMs: 2_000 });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(head('/api/huge'));
    await once(socket, 'readable');
    await until(async () => (await connections()) === 0);
  });

  it('are given everything when they read slowly', async () => {
    const stalledMs = 2_000;
    const { port } = await setup({ stalledMs });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    const began = performance.now();
    socket.write(head('/api/huge', 'Connection: close'));
    let bytes = 0;
    for await (const piece of socket) {
      bytes += (piece as Buffer).length;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(bytes).toBeGreaterThan(HUGE);
    expect(performance.now() - began).toBeGreaterThan(2 * stalledMs);
  });

  itOnLinux('are kept when they take too little for the system to make room', async () => {
    const stalledMs = 1_500;
    const { port } = await setup({ stalledMs, checkMs: 100 });
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(head('/api/huge', 'Connection: close'));
    let bytes = 0;
    const began = performance.now();
    for await (const piece of socket) {
      bytes += (piece as Buffer).length;
      if (performance.now() - began < 4 * stalledMs) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(bytes).toBeGreaterThan(HUGE);
  });

  it('may wait for an answer that takes its time', async () => {
    const { origin, port, connections } = await setup({ stalledMs: 2_000 });
    const asked = fetch(`${origin}/api/later`);
    await until(async () => (await connections()) === 1);
    const stalled = await dial(port);
    closing(() => void stalled.destroy());
    stalled.write(head('/api/huge'));
    await once(stalled, 'readable');
    // who stops reading is let go meanwhile
    await until(async () => (await connections()) === 1);
    late.open();
    expect((await asked).status).toBe(200);
  });

  it('lose a connection that they no longer use', async () => {
    const { port } = await setup({ stalledMs: 60_000, keepAliveMs: 200 });
    expect(await exchange(port, head('/healthz'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('find the door closed when too many are inside, which is counted, and said once', async () => {
    const { port, turnedAway } = await setup({ connections: 3 });
    const inside = await Promise.all([dial(port), dial(port), dial(port)]);
    for (const socket of inside) closing(() => void socket.destroy());
    for (let outside = 0; outside < 3; outside++) expect(await received(await dial(port))).toBe('');
    expect(turnedAway()).toBe(3);
    expect(lines.filter((line) => line.includes('as many connections'))).toHaveLength(1);
    expect(inside.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  });
});
