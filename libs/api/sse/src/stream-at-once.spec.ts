import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { streamAtOnce, streamNothing } from './stream-at-once';
import { Tape } from './testing/tape';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A server that answers each request in this way, and its port. */
async function serve(answer: (response: ServerResponse) => void): Promise<number> {
  const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.closeAllConnections());
  closers.push(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function ask(port: number): Promise<IncomingMessage> {
  const request = get({ port, agent: false });
  request.on('error', () => undefined);
  closers.push(() => request.destroy());
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer.setEncoding('utf8');
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of answer) text += piece;
  return text;
}

describe('streamAtOnce', () => {
  it('sends its head and a comment before there is anything to say, then every frame to the end', async () => {
    const tape = new Tape();
    const port = await serve((response) => streamAtOnce(tape, tape.textOf, response));
    const answer = await ask(port);
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['connection']]).toEqual([200, 'text/event-stream', 'keep-alive']);
    expect(answer.headers['cache-control']).toBe('private, no-cache, no-store, must-revalidate, max-age=0, no-transform');
    expect([answer.headers['pragma'], answer.headers['expires'], answer.headers['x-accel-buffering']]).toEqual(['no-cache', '0', 'no']);
    tape.say('data: a\n\n', 'data: é\n\n');
    tape.end();
    expect(await textOf(answer)).toBe(': tandem\ndata: a\n\ndata: é\n\n');
    expect(tape.readers).toBe(0);
  });

  it('goes on after the frame that a client has', async () => {
    const tape = new Tape();
    tape.say('data: a\n\n', 'data: b\n\n', 'data: c\n\n');
    tape.end();
    const port = await serve((response) => streamAtOnce(tape, tape.textOf, response, 2));
    expect(await textOf(await ask(port))).toBe(': tandem\ndata: c\n\n');
  });

  it('sends a ping in silence', async () => {
    const tape = new Tape();
    const port = await serve((response) => streamAtOnce(tape, tape.textOf, response, 0, 5));
    const answer = await ask(port);
    let text = '';
    for await (const piece of answer) {
      text += piece;
      if (text.includes(': ping\n: ping\n')) break;
    }
    expect(text).toMatch(/^: tandem\n(: ping\n)+$/);
  });

  it('follows no more when the client leaves', async () => {
    const tape = new Tape();
    let response: ServerResponse | undefined;
    const port = await serve((given) => streamAtOnce(tape, tape.textOf, (response = given)));
    const answer = await ask(port);
    expect(tape.readers).toBe(1);
    answer.destroy();
    if (response?.closed === false) await once(response, 'close');
    expect(tape.readers).toBe(0);
  });

  it('leaves what is last and the end of the answer as one piece, and takes the next request on the same connection', async () => {
    const tapes: Tape[] = [];
    const port = await serve((response) => {
      const tape = new Tape();
      tapes.push(tape);
      streamAtOnce(tape, tape.textOf, response);
    });
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    closers.push(() => socket.destroy());
    const until = async (end: string): Promise<string> => {
      let text = '';
      while (!text.endsWith(end)) text += ((await once(socket, 'data')) as [string])[0];
      return text;
    };
    for (const turn of [1, 2]) {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      expect(await until('9\r\n: tandem\n\r\n')).toContain('HTTP/1.1 200 OK');
      const tape = tapes.at(-1);
      tape?.say(`data: ${turn}\n\n`);
      tape?.end();
      expect(await until('0\r\n\r\n')).toBe(`9\r\ndata: ${turn}\n\n\r\n0\r\n\r\n`);
    }
  });

  it('asks for nothing when the client is gone before', async () => {
    const tape = new Tape();
    let wasAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (wasAsked = resolve));
    const port = await serve((response) => {
      response.destroy();
      streamAtOnce(tape, tape.textOf, response);
      wasAsked();
    });
    const request = get({ port, agent: false }).on('error', () => undefined);
    closers.push(() => request.destroy());
    await asked;
    expect(tape.readers).toBe(0);
  });
});

describe('streamNothing', () => {
  it('answers 204', async () => {
    const answer = await ask(await serve(streamNothing));
    expect([answer.statusCode, await textOf(answer)]).toEqual([204, '']);
  });
});
