import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CompletionSink, Run } from '@tandem/api/completion';
import { EventWriter } from '@tandem/api/sse';

const closers: (() => void)[] = [];
const closing = (close: () => void): void => void closers.push(close);
afterEach(() =>
  closers
    .splice(0)
    .reverse()
    .forEach((close) => close()),
);

/** More than a socket's buffers take on this machine. */
const PIECE = 'x'.repeat(100_000);
const PIECES = 120;

/** A run that says what a test has it say, and a server that writes it to whoever asks. */
async function setup() {
  let sink: CompletionSink | undefined;
  let isStopped = false;
  let isPaused = false;
  let end = (): void => undefined;
  const over = new Promise<{ finishReason: 'stop' }>((resolve) => (end = () => resolve({ finishReason: 'stop' })));
  const source = {
    complete: (_request: unknown, given: CompletionSink, signal: AbortSignal) => {
      sink = given;
      given.hold?.({ pause: () => void (isPaused = true), resume: () => void (isPaused = false) });
      signal.addEventListener('abort', () => (isStopped = true));
      return over;
    },
  };
  const run = new Run({ card: { id: 'm' }, source, defaults: {} } as never, { messages: [], parameters: {} });
  const textOf = (number: number) => `id: ${run.id}.${number}\ndata: ${JSON.stringify(run.frame(number))}\n\n`;
  const responses: ServerResponse[] = [];
  const server: Server = createServer((_request, response) => {
    responses.push(response);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    const outlet = {
      isOpen: true,
      write: (text: string) => (response.write(text) ? null : response),
      destroy: () => void response.destroy(),
    };
    const writer = new EventWriter(run, outlet, textOf, 0, () => response.end());
    response.on('close', () => writer.close());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing(() => server.closeAllConnections());
  closing(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const read = (): Promise<IncomingMessage> =>
    new Promise((resolve) => get({ port, agent: false }, (response) => resolve(response.on('error', () => undefined))).on('error', () => undefined));
  const say = (text: string) => sink?.text(text, false);
  return { run, read, responses, say, end: () => end(), isStopped: () => isStopped, isPaused: () => isPaused };
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  return text;
}

const tokensIn = (text: string) => [...text.matchAll(/^data: ([^\n]*)\n/gm)].map(([, json]) => (JSON.parse(json ?? '') as { token: string }).token).join('');

describe('readers of one run', () => {
  it('writes every frame once, in order, with its id, and ends with the run', async () => {
    const { run, read, say, end } = await setup();
    const answer = await read();
    for (const word of ['Grüße ', '🦙', '\u2028']) say(word);
    end();
    const text = await textOf(answer);
    expect(tokensIn(text)).toBe('Grüße 🦙\u2028');
    expect([...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)).toEqual([1, 2, 3, 4].map((number) => `${run.id}.${number}`));
  });

  it('keeps nothing for a client that does not read but what the system takes, and loses nothing of it', async () => {
    const { read, say, end, responses } = await setup();
    const answer = await read();
    answer.pause();
    for (let n = 0; n < PIECES; n++) {
      say(PIECE);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const waiting = responses[0]?.socket?.writableLength ?? 0;
    expect(waiting).toBeGreaterThan(0);
    expect(waiting).toBeLessThan((PIECES * PIECE.length) / 2);
    end();
    expect(tokensIn(await textOf(answer)).length).toBe(PIECES * PIECE.length);
  });

  it('does not hold up one client for another that does not read', async () => {
    const { read, say, end } = await setup();
    const [stuck, good] = [await read(), await read()];
    stuck.pause();
    for (let n = 0; n < PIECES; n++) say(PIECE);
    end();
    expect(tokensIn(await textOf(good)).length).toBe(PIECES * PIECE.length);
    expect(tokensIn(await textOf(stuck)).length).toBe(PIECES * PIECE.length);
  });

  it('has the work wait while everyone who reads is far behind, and no longer', async () => {
    const { read, say, end, responses, isPaused } = await setup();
    const [first, second] = [await read(), await read()];
    let text = '';
    second.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    let pieces = 0;
    for (let missed = 0; missed < 20; pieces++) {
      say(PIECE);
      while (text.length < (pieces + 1) * PIECE.length) await turn();
      if (responses[0]?.socket?.writableNeedDrain) missed++;
    }
    expect(isPaused()).toBe(false);
    second.pause();
    const sayUntilPaused = async () => {
      for (; !isPaused(); pieces++) {
        say(PIECE);
        await turn();
      }
    };
    await sayUntilPaused();
    first.resume();
    while (isPaused()) await turn();
    first.pause();
    await sayUntilPaused();
    first.destroy();
    if (!responses[0]?.closed) await once(responses[0] as ServerResponse, 'close');
    expect(isPaused()).toBe(true);
    second.resume();
    while (isPaused()) await turn();
    end();
    await once(second, 'end');
    expect(tokensIn(text).length).toBe(pieces * PIECE.length);
  });

  it('stops the work when the client leaves', async () => {
    const { read, say, isStopped, responses } = await setup();
    const answer = await read();
    say('a');
    answer.destroy();
    if (!responses[0]?.closed) await once(responses[0] as ServerResponse, 'close');
    expect(isStopped()).toBe(true);
  });
});
