import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamFrame } from '@tandem/shared/contracts';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  dial,
  event,
  eventually,
  EVENT_STREAM_HEAD,
  exchange,
  LAST_CHUNK,
  type MisbehavingServer,
  received,
  type Script,
  share,
  startMisbehavingServer,
  until,
} from '@tandem/testing';
import { residentMb } from './testing/processes';
import { startServer } from './testing/start-server';

const MIB = 1024 * 1024;
const closing = closeAfterEach();

/** Tandem in front of a model server that answers every prompt as the script says. */
const setup = async (script: Script) => (await start({ m: script }, closing))('m');

/** Tandem in front of a model server for each script; gives the one of that name. */
async function start(scripts: Readonly<Record<string, Script>>, later: typeof closing) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-clients-'));
  later(() => rm(folder, { recursive: true }));
  const models = new Map<string, MisbehavingServer>();
  for (const [id, script] of Object.entries(scripts)) {
    const model = await startMisbehavingServer((connection, request) => (request.startsWith('POST') ? script(connection, request) : connection.close()));
    later(() => model.close());
    models.set(id, model);
  }
  const entries = [...models].map(([id, { port }]) => ({
    ...{ id, name: id, endpoint: `127.0.0.1:${port}`, protocol: 'openai-chat', model: 'm', max_concurrency: 100 },
  }));
  const server = await startServer(folder, {
    BASELINE_MODELS: JSON.stringify(entries),
    TWODELTA_MODELS: '[]',
    HEALTH_INTERVAL_SECONDS: '86400',
    SHUTDOWN_GRACE_SECONDS: '0',
  });
  later(() => server.stop());
  const port = Number(new URL(server.origin).port);
  const metric = async (series: string) => Number(new RegExp(`^${series} (.*)$`, 'm').exec(await (await fetch(`${server.origin}/metrics`)).text())?.[1] ?? 0);
  /** A client as bytes, which has asked and reads what comes. */
  const ask = async (id: string, more: string) => {
    const socket = await dial(port);
    closing(() => void socket.destroy());
    socket.write(`GET /stream?model=${id}&prompt=x HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`);
    return socket;
  };
  return (id: string) => ({ server, port, model: models.get(id) as MisbehavingServer, metric, ask: (more = '') => ask(id, more) });
}

const framesIn = (text: string) => [...text.matchAll(/^data: ([^\r\n]*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
const textIn = (text: string) =>
  framesIn(text)
    .map(({ token }) => token)
    .join('');
/** The body of a chunked answer. */
const unchunked = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4).replace(/(?:^|\r\n)[0-9a-f]+\r\n/g, '');

describe('a client that is killed', () => {
  const MOMENTS: [moment: string, beginning: string | Uint8Array, seen: RegExp][] = [
    ['before the model server said anything', '', /: tandem/],
    ['before the first token', EVENT_STREAM_HEAD, /: tandem/],
    ['in the middle of the answer', Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('half'))]), /half/],
  ];
  const ENDS = ['resetAndDestroy', 'destroy'] as const;
  const saying =
    (beginning: string | Uint8Array): Script =>
    async (connection) => {
      if (beginning.length > 0) await connection.write(beginning);
    };
  const shared = share((later) =>
    start(Object.fromEntries(MOMENTS.flatMap(([, beginning], n) => ENDS.map((end) => [`m${n}-${end}`, saying(beginning)]))), later),
  );

  it.each(MOMENTS.map(([moment, , seen], n): [string, number, RegExp] => [moment, n, seen]))(
    '%s is known to the model server, and its place is free',
    async (_, n, seen) => {
      for (const end of ENDS) {
        const name = `m${n}-${end}`;
        const { model, metric, ask } = shared()(name);
        const socket = await ask();
        let got = '';
        socket.on('data', (bytes: Buffer) => (got += String(bytes)));
        await until(() => seen.test(got) && model.requests.some((request) => request.startsWith('POST')));
        const place = model.requests.findIndex((request) => request.startsWith('POST')) + 1;
        socket[end]();
        await (
          await model.arrival(place)
        ).closedByClient;
        await eventually(async () => {
          expect(await metric('tandem_answers_active')).toBe(0);
          expect(await metric(`tandem_answers_total{model="${name}",outcome="cancelled"}`)).toBe(1);
        });
      }
    },
  );
});

describe('clients that read slowly or not at all', () => {
  it('get every byte once they read, and keep the server small meanwhile: the rest waits at the model server', async () => {
    const [pieces, readers] = [480, 5];
    let written = 0;
    const piece = (n: number) => `${n}:`.padEnd(50_000, 'x');
    const whole = Array.from({ length: pieces }, (_, n) => piece(n)).join('');
    const { server, ask } = await setup(async (connection) => {
      await connection.write(EVENT_STREAM_HEAD);
      for (let n = 0; n < pieces; n++, written++) await connection.write(chunk(chatEvent(piece(n))));
      await connection.write(Buffer.concat([chunk(chatEvent(null, 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]));
    });
    await (await fetch(`${server.origin}/stream?model=m&prompt=x`)).text();
    const before = residentMb(server.pid);
    const sockets = await Promise.all(Array.from({ length: readers }, () => ask('Connection: close\r\n')));
    for (const socket of sockets) socket.pause();
    // 120 MB are to be said
    written = 0;
    for (
      let [seen, since] = [0, performance.now()];
      written === 0 || performance.now() - since < 1_000;
      await new Promise((resolve) => setTimeout(resolve, 20))
    ) {
      if (written !== seen) [seen, since] = [written, performance.now()];
    }
    expect(written).toBeLessThan((readers * pieces) / 2);
    expect(residentMb(server.pid) - before).toBeLessThan(100);
    const texts = await Promise.all(
      sockets.map(async (socket, client) => {
        const answer = received(socket);
        // one of them sips, as over a bad line
        if (client === 0) {
          const sips = setInterval(() => (socket.isPaused() ? socket.resume() : socket.pause()), 5);
          closing(() => clearInterval(sips));
        }
        socket.resume();
        return textIn(unchunked(await answer));
      }),
    );
    expect(texts.map((text) => text === whole)).toEqual(Array.from({ length: readers }, () => true));
    // more than a run keeps
    expect(whole.length).toBeGreaterThan(16 * MIB);
  });
});

describe('a client of long ago', () => {
  const answers: Script = (connection) =>
    connection.write(
      Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('Hel') + chatEvent('lo', 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]),
    );
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }] });

  it('that speaks HTTP/1.0 gets the stream without chunks, and its end with the connection', async () => {
    const { port } = await setup(answers);
    const answer = await exchange(port, 'GET /stream?model=m&prompt=x HTTP/1.0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).not.toMatch(/transfer-encoding/i);
    expect(textIn(answer)).toBe('Hello');
    expect(framesIn(answer).at(-1)).toMatchObject({ done: true, finish_reason: 'stop' });
  });

  it.each(['HTTP/1.0', 'HTTP/1.1'])('that cannot read streams gets the answer as a whole over %s', async (version) => {
    const { port } = await setup(answers);
    const head = `POST /v1/chat/completions ${version}\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const answer = await exchange(port, head + body);
    expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*content-length: \d+/i);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }] });
  });
});
