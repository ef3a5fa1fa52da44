import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endStream, streamWhenReady } from './stream-when-ready';
import { Tape } from './testing/tape';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A server that streams a tape once it is ready, and a client that reads it. */
async function setup({ opening = '', pingMs }: { readonly opening?: string; readonly pingMs?: number } = {}) {
  const tape = new Tape();
  const judged = { isReady: false, refusal: undefined as Error | undefined };
  const outcomes: unknown[] = [];
  const isReady = (): boolean => {
    if (judged.refusal) throw judged.refusal;
    return judged.isReady;
  };
  let onResponse: (response: ServerResponse) => void;
  const asked = new Promise<ServerResponse>((resolve) => (onResponse = resolve));
  const server = createServer((_, response) => {
    const streamed = streamWhenReady(tape, { opening, textOf: tape.textOf }, isReady, response, pingMs);
    streamed.then(
      (isThere) => {
        outcomes.push(isThere);
        endStream(response, isThere ? 'data: last\n\n' : '');
      },
      (refusal: Error) => {
        outcomes.push(refusal.message);
        response.writeHead(422).end();
      },
    );
    onResponse(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.closeAllConnections());
  closers.push(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const answer = new Promise<IncomingMessage>((resolve) => {
    const request = get({ port, agent: false }, resolve).on('error', () => undefined);
    closers.push(() => request.destroy());
  });
  return { tape, judged, outcomes, answer, response: await asked };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of answer.setEncoding('utf8')) text += piece;
  return text;
}

describe('streamWhenReady', () => {
  it('holds its head back until it is ready, then begins with what opens it', async () => {
    const { tape, judged, outcomes, answer, response } = await setup({ opening: 'data: first\n\n' });
    tape.say('data: a\n\n');
    expect(response.headersSent).toBe(false);
    judged.isReady = true;
    tape.say('data: b\n\n');
    tape.end();
    const { headers, statusCode } = await answer;
    expect([statusCode, headers['content-type'], headers['cache-control'], headers['x-accel-buffering']]).toEqual([
      200,
      'text/event-stream',
      'no-cache, no-transform',
      'no',
    ]);
    expect(await textOf(await answer)).toBe('data: first\n\ndata: a\n\ndata: b\n\ndata: last\n\n');
    expect([outcomes, tape.readers]).toEqual([[true], 0]);
  });

  it('gives what fails before it a status of its own', async () => {
    const { tape, judged, outcomes, answer } = await setup();
    judged.refusal = new Error('No.');
    tape.end();
    const { statusCode } = await answer;
    expect([statusCode, outcomes, tape.readers]).toEqual([422, ['No.'], 0]);
  });

  it('begins with a comment where nothing is ready for long', async () => {
    const { tape, answer } = await setup({ pingMs: 5 });
    const reading = await answer;
    const [first] = (await once(reading.setEncoding('utf8'), 'data')) as [string];
    expect(first).toMatch(/^: ping\n/);
    tape.say('data: a\n\n');
    tape.end();
    expect(await textOf(reading)).toMatch(/data: a\n\n(?:: ping\n)*data: last\n\n$/);
  });

  it('lets go when the client leaves, before its head and after', async () => {
    for (const isReady of [false, true]) {
      const { tape, judged, outcomes, answer, response } = await setup();
      judged.isReady = isReady;
      tape.say('data: a\n\n');
      if (isReady) await answer;
      response.socket?.destroy();
      if (!response.closed) await once(response, 'close');
      await new Promise((resolve) => setImmediate(resolve));
      expect([outcomes, tape.readers]).toEqual([[false], 0]);
    }
  });

  it('has nothing to do for a client that has left already', async () => {
    const { response } = await setup();
    response.destroy();
    const tape = new Tape();
    await expect(streamWhenReady(tape, { opening: '', textOf: tape.textOf }, () => true, response)).resolves.toBe(false);
    expect(tape.readers).toBe(0);
  });
});
