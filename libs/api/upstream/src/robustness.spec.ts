import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Flow } from '@tandem/api/completion';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import {
  chatEvent,
  chunk,
  closeAfterEach,
  type Connection,
  event,
  EVENT_STREAM_HEAD,
  guardLeaks,
  LAST_CHUNK,
  patient,
  type Script,
  startMisbehavingServer,
  wholeResponse,
} from '@tandem/testing';
import type { Deadlines } from './connection/deadlines';
import { RemoteSource, type RemoteSourceOptions } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { holdClock } from './testing/hold-clock';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();

const good = Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a', 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]);

async function setup(script: Script, options: RemoteSourceOptions & { deadlines?: Partial<Deadlines> } = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient({ ...UNHURRIED, ...options.deadlines });
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat' }, client, options);
  const complete = (sink = collect(), signal: AbortSignal = patient()) => source.complete(completionRequest(), sink, signal);
  return { server, source, complete };
}

/** Plays these scripts, one a request; the last for all that follow. */
function inTurn(...scripts: Script[]): Script {
  let n = 0;
  return (connection, request) => scripts[Math.min(n++, scripts.length - 1)]?.(connection, request);
}

const answers: Script = (connection) => connection.write(good);

describe('A request that failed before the first byte', () => {
  it.each<[string, Script]>([
    ['a reset', (connection) => connection.reset()],
    ['a closed connection', (connection) => connection.close()],
    ['HTTP 500', (connection) => connection.write(wholeResponse(500, 'text/plain', 'no'))],
    ['HTTP 503', (connection) => connection.write(wholeResponse(503, 'text/plain', 'no'))],
  ])('by %s is sent once more', async (_, failing) => {
    closeLater(holdClock());
    const { server, complete } = await setup(inTurn(failing, answers));
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(server.requests).toHaveLength(2);
  });

  it('is not sent again once anything was answered', async () => {
    const { server, complete } = await setup(async (connection) => {
      await connection.write(EVENT_STREAM_HEAD);
      connection.reset();
    });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('A server that says why it ended, but never [DONE]', () => {
  it.each([
    ['is noted once, for whoever looks closely', '', 1],
    ['is not noted where it does say so', event('[DONE]'), 0],
  ])('%s', async (_, last, times) => {
    const debug = jest.spyOn(Logger.prototype, 'debug').mockImplementation(() => undefined);
    closeLater(() => debug.mockRestore());
    const { complete } = await setup((connection) =>
      connection.write(Buffer.concat([Buffer.from(EVENT_STREAM_HEAD), chunk(chatEvent('a', 'stop') + last), Buffer.from(LAST_CHUNK)])),
    );
    for (let answer = 0; answer < 3; answer++) await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(debug.mock.calls.filter(([line]) => String(line).includes('without [DONE]'))).toHaveLength(times);
  });
});

describe('A server with too many requests', () => {
  it('is left alone for as long as it asked', async () => {
    const { server, source, complete } = await setup((connection) => connection.write(wholeResponse(429, 'text/plain', '', { 'Retry-After': '30' })));
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_rate_limited', retryAfterSeconds: 30 });
    await expect(source.admit(completionRequest(), new AbortController().signal)).rejects.toMatchObject({
      code: 'upstream_rate_limited',
      status: 429,
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('A server whose answers hang or break off', () => {
  const hangs: Script = (connection) => connection.write(EVENT_STREAM_HEAD);
  const lost = { code: 'upstream_error', message: expect.stringContaining('again and again') };

  it('is not asked any more after some, and says so', async () => {
    const { server, source, complete } = await setup(hangs, { deadlines: { silenceMs: 30 }, confidence: { failures: 2, restMs: 60_000 } });
    for (let n = 0; n < 2; n++) await expect(complete()).rejects.toMatchObject({ code: 'upstream_idle' });
    await expect(complete()).rejects.toMatchObject(lost);
    await expect(source.admit(completionRequest(), new AbortController().signal)).rejects.toMatchObject(lost);
    expect(source.trouble).toMatchObject({ cause: 'answers_fail', fault: { code: 'upstream_idle' } });
    expect(server.requests).toHaveLength(2);
  });

  it('is trusted again by the first word of one trial, while others are refused', async () => {
    const breaksOff: Script = async (connection) => {
      await connection.write(EVENT_STREAM_HEAD);
      connection.close();
    };
    const { server, source, complete } = await setup(inTurn(breaksOff, hangs, answers), { confidence: { failures: 1, restMs: 0 } });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_incomplete' });
    const sink = collect();
    const end = complete(sink);
    await expect(complete()).rejects.toMatchObject(lost);
    const trial = await server.arrival(2);
    await trial.write(chunk(chatEvent('a')));
    await sink.untilPieces(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(source.trouble).toBeNull();
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    await trial.write(chunk(chatEvent('b', 'stop') + event('[DONE]')));
    await expect(end).resolves.toMatchObject({ finishReason: 'stop' });
  });

  it('is no matter of requests that it refuses', async () => {
    const { source, complete } = await setup((connection) => connection.write(wholeResponse(400, 'text/plain', '')), {
      confidence: { failures: 1 },
    });
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_rejected' });
    expect(source.trouble).toBeNull();
  });
});

describe('A server that refuses the key for an answer alone', () => {
  it('is in trouble until it answers, and says each time that it is worth a look', async () => {
    const doubts: (string | undefined)[] = [];
    const { source, complete } = await setup(
      inTurn((connection) => connection.write(wholeResponse(401, 'text/plain', '')), answers),
      {
        onDoubt: () => doubts.push(source.trouble?.cause),
      },
    );
    await expect(complete()).rejects.toMatchObject({ code: 'upstream_auth' });
    expect(source.trouble).toMatchObject({ cause: 'key_refused', fault: { code: 'upstream_auth' } });
    await expect(complete()).resolves.toMatchObject({ finishReason: 'stop' });
    expect(source.trouble).toBeNull();
    expect(doubts).toEqual(['key_refused', undefined]);
  });
});

describe('A server in the middle of an answer', () => {
  it('counts as heard', async () => {
    closeLater(holdClock());
    const { source, complete } = await setup(answers);
    expect(source.isHeard).toBe(false);
    await complete();
    expect(source.isHeard).toBe(true);
  });
});

describe('An answer that waits for its reader', () => {
  const PIECES = 640;
  const PIECE = 'x'.repeat(100_000);
  const silenceMs = 120_000;
  afterEach(() => jest.useRealTimers());

  /** A server with more to say than the system takes off its hands, and a reader that takes nothing yet. */
  async function setupWaiting() {
    // sockets and promises go on as ever; only what waits is told that time went by
    jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
    let written = 0;
    const { source, complete } = await setup(
      async (connection) => {
        await connection.write(EVENT_STREAM_HEAD);
        for (; written < PIECES; written++) await connection.write(chunk(chatEvent(PIECE)));
        await connection.write(Buffer.concat([chunk(chatEvent(null, 'stop') + event('[DONE]')), Buffer.from(LAST_CHUNK)]));
      },
      { deadlines: { silenceMs } },
    );
    let flow!: Flow;
    const hold = (given: Flow): void => (flow = given).pause();
    let characters = 0;
    const leave = new AbortController();
    const end = complete({ ...collect(), text: (text) => void (characters += text.length), hold }, leave.signal);
    // until nothing is taken any more, and then for longer than a server may be silent
    for (let [seen, turns] = [0, 0]; written === 0 || turns < 1_000; turns++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (written !== seen) [seen, turns] = [written, 0];
    }
    await jest.advanceTimersByTimeAsync(1.5 * silenceMs);
    return { source, end, leave, resume: () => flow.resume(), written: () => written, characters: () => characters };
  }

  it('is left with its server, which is no silence of that server, and is whole in the end', async () => {
    const { source, end, resume, written, characters } = await setupWaiting();
    expect(written()).toBeLessThan(PIECES / 2);
    expect(characters()).toBe(0);
    expect(source.isHeard).toBe(true);
    resume();
    await expect(end).resolves.toMatchObject({ finishReason: 'stop' });
    expect(characters()).toBe(PIECES * PIECE.length);
  });

  it('can be stopped meanwhile', async () => {
    const { source, end, leave } = await setupWaiting();
    leave.abort();
    await expect(end).resolves.toMatchObject({ finishReason: 'cancelled' });
    expect(source.isHeard).toBe(false);
  });
});

describe('More requests than a model takes at once', () => {
  it('wait in order and know their position; those beyond are refused before they begin', async () => {
    const open: Connection[] = [];
    const { server, source } = await setup((connection) => void open.push(connection), { queue: { running: 1, waiting: 1 } });
    const left = new AbortController();
    const admit = () => source.admit(completionRequest(), left.signal);
    const [first, second] = [await admit(), await admit()];
    await expect(admit()).rejects.toMatchObject({ code: 'queue_full', status: 503, retryAfterSeconds: 5 });
    const positions: (number | undefined)[] = [];
    const sink = { ...collect(), phase: (_: string, detail?: { position?: number }) => void positions.push(detail?.position) };
    const ends = [first, second].map((place) => place.complete(completionRequest(), sink, patient()));
    await (await server.arrival(1)).write(good);
    await expect(ends[0]).resolves.toMatchObject({ finishReason: 'stop' });
    await (await server.arrival(2)).write(good);
    await expect(ends[1]).resolves.toMatchObject({ timings: { queue_ms: expect.any(Number) } });
    expect(positions).toEqual([1]);
    await expect(admit()).resolves.toBeDefined();
  });

  it('give their place back when their client left', async () => {
    const { source } = await setup(answers, { queue: { running: 1, waiting: 0 } });
    const left = new AbortController();
    const place = await source.admit(completionRequest(), left.signal);
    left.abort();
    await expect(place.complete(completionRequest(), collect(), patient())).resolves.toEqual({
      finishReason: 'cancelled',
    });
    const next = await source.admit(completionRequest(), new AbortController().signal);
    await expect(next.complete(completionRequest(), collect(), patient())).resolves.toMatchObject({
      finishReason: 'stop',
    });
  });
});

guardLeaks();
