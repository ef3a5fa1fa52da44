import { ReadableStream } from 'node:stream/web';
import { jest } from '@jest/globals';
import { type StreamFrame } from '@tandem/shared/contracts';
import { until } from '@tandem/testing/until';
import { StreamTransport } from './stream-transport';

const END = '{"token":"","done":true,"finish_reason":"stop","timings":{},"seed":1}';

type Respond = (init: RequestInit, path: string) => Promise<Response>;

function setup(respond: Respond) {
  const asked: string[] = [];
  const requests: RequestInit[] = [];
  globalThis.fetch = (path, init = {}) => {
    asked.push(`${init.method ?? 'GET'} ${String(path)}`);
    requests.push(init);
    return respond(init, String(path));
  };
  const frames: StreamFrame[] = [];
  const resuming: boolean[] = [];
  const connection = new AbortController();
  const options = {
    signal: connection.signal,
    onFrames: (some: readonly StreamFrame[]) => frames.push(...some),
    onResuming: (is: boolean) => resuming.push(is),
  };
  const stream = () => new StreamTransport().stream({ model: 'm', prompt: 'Hi' }, options);
  const follow = (number: number) => new StreamTransport().follow({ streamId: 'abc', number }, options);
  return { asked, requests, frames, resuming, connection, stream, follow, text: () => frames.map(({ token }) => token).join('') };
}

/** A server that answers the first request with `first`, and each that follows with the next of `rest`; then it knows nothing of it. */
function answering(first: () => Response, ...rest: (() => Response | Promise<Response>)[]): Respond {
  return async ({ method }) => (method === 'POST' ? first() : (rest.shift() ?? (() => GONE))());
}

const GONE = { ok: false, status: 404, json: async () => ({}) } as Response;
const token = (number: number, text: string) => `id: abc.${number}\ndata: {"token":"${text}","done":false}\n\n`;
const end = (number: number) => `id: abc.${number}\ndata: ${END}\n\n`;

/** A response body as the network would bring it, piece by piece. */
function body(...pieces: (string | Error)[]): Response {
  const bytes = new TextEncoder();
  return {
    ok: true,
    headers: new Headers({ 'X-Stream-Id': 'abc' }),
    body: new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(bytes.encode(piece));
      },
    }),
  } as unknown as Response;
}

/** Time stands still; what streams are made of goes on. */
const useFakeTimers = () => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });

describe('StreamTransport', () => {
  afterEach(() => jest.useRealTimers());

  it('hands on frames wherever the bytes are split', async () => {
    const { stream, text } = setup(async () => body('data: {"token":"He', 'llo","done":false}\n', `\ndata: ${END}\n\n`));
    await stream();
    expect(text()).toBe('Hello');
  });

  it('ends with the end frame, whatever comes after it', async () => {
    const { stream, frames } = setup(async () => body(`data: ${END}\n\ndata: ${END}\n\n`));
    await stream();
    expect(frames).toHaveLength(1);
  });

  it.each([
    ['carries something that is no frame', 'unreadable_answer', () => body('data: {"choices":[]}\n\n')],
    ['carries something that is no JSON', 'unreadable_answer', () => body('data: <html>\n\n')],
  ])('fails when the stream %s', async (_, code, respond) => {
    await expect(setup(async () => respond()).stream()).rejects.toMatchObject({ fault: { code } });
  });

  describe('when the connection is lost', () => {
    const broken = () => body(token(1, 'a'), token(2, 'b'), new TypeError('network error'));

    it.each([
      ['broke off', broken],
      ['ended without an end frame', () => body(token(1, 'a'), token(2, 'b'))],
    ])('goes on after the last frame it has where it %s, and says so', async (_, first) => {
      const { asked, stream, text, resuming } = setup(answering(first, () => body(token(3, 'c'), end(4))));
      await stream();
      expect(asked).toEqual(['POST stream', 'GET stream/abc?after=2']);
      expect(text()).toBe('abc');
      expect(resuming).toEqual([true, false]);
    });

    it('hands on no frame twice, whatever is sent again', async () => {
      const { stream, text } = setup(answering(broken, () => body(token(1, 'a'), token(2, 'b'), token(3, 'c'), end(4))));
      await stream();
      expect(text()).toBe('abc');
    });

    it('tries again while nothing answers, or a proxy says that the server is away', async () => {
      const away = { ok: false, status: 502 } as Response;
      const { asked, stream, text } = setup(
        answering(
          broken,
          () => Promise.reject(new TypeError('Failed to fetch')),
          () => away,
          () => body(end(3)),
        ),
      );
      await stream();
      expect(asked).toHaveLength(4);
      expect(text()).toBe('ab');
    });

    it('asks at once when the network comes back', async () => {
      useFakeTimers();
      const refused = () => Promise.reject(new TypeError('Failed to fetch'));
      const { asked, stream } = setup(answering(broken, refused, refused, refused, () => body(end(3))));
      const streaming = stream();
      // less than the first wait altogether
      for (let ms = 0; ms < 100; ms++) {
        await jest.advanceTimersByTimeAsync(1);
        window.dispatchEvent(new Event('online'));
      }
      await streaming;
      expect(asked).toHaveLength(5);
    });

    it('gives up after a minute', async () => {
      useFakeTimers();
      const { asked, stream, resuming } = setup(async ({ method }) => (method === 'POST' ? broken() : Promise.reject(new TypeError('Failed to fetch'))));
      const failure = stream().catch((thrown: unknown) => thrown);
      await jest.advanceTimersByTimeAsync(65_000);
      expect(await failure).toMatchObject({ fault: { code: 'connection_lost', retryable: true } });
      expect(asked.length).toBeGreaterThan(10);
      expect(resuming).toEqual([true]);
    });

    it('looks on for it when somebody sets the clock', async () => {
      useFakeTimers();
      let tries = 0;
      const { stream, text } = setup(async ({ method }) => {
        if (method === 'POST') return broken();
        jest.setSystemTime(Date.now() + 5 * 86_400_000);
        return ++tries < 3 ? Promise.reject(new TypeError('Failed to fetch')) : body(token(3, 'c'), end(4));
      });
      const streaming = stream();
      await jest.advanceTimersByTimeAsync(5_000);
      await streaming;
      expect(text()).toBe('abc');
    });

    it('gives up on a connection that has been silent for longer than the server ever is', async () => {
      useFakeTimers();
      const silent = () => ({ ...body(), body: new ReadableStream<Uint8Array>() }) as unknown as Response;
      const { stream, text } = setup(answering(silent, () => body(token(1, 'a'), end(2))));
      const streaming = stream();
      await jest.advanceTimersByTimeAsync(40_100);
      await streaming;
      expect(text()).toBe('a');
    });

    it('fails when the server has nothing of it any more', async () => {
      const { stream, text } = setup(answering(broken));
      await expect(stream()).rejects.toMatchObject({ fault: { code: 'stream_not_found', retryable: true } });
      expect(text()).toBe('ab');
    });

    it('is stopped like any other, and the server is told', async () => {
      const { asked, stream, connection } = setup(answering(broken, () => new Promise<Response>(() => undefined)));
      const streaming = stream().catch((thrown: unknown) => thrown);
      await until(() => asked.length === 2);
      connection.abort();
      expect(asked.at(-1)).toBe('DELETE stream/abc');
      void streaming;
    });
  });

  it('goes on with a stream that another page began', async () => {
    const { asked, follow, text } = setup(async () => body(token(8, 'x'), end(9)));
    await follow(7);
    expect(asked).toEqual(['GET stream/abc?after=7']);
    expect(text()).toBe('x');
  });

  it('asks for a stream that survives a lost connection', async () => {
    const { requests, stream } = setup(async () => body(end(1)));
    await stream();
    expect(JSON.parse(String(requests[0]?.body))).toEqual({ model: 'm', prompt: 'Hi', resumable: true });
  });

  it('delivers what came before a broken connection', async () => {
    const { stream, text } = setup(answering(() => body('data: {"token":"kept","done":false}\n\n', new TypeError('network error'))));
    await stream().catch(() => undefined);
    expect(text()).toBe('kept');
  });

  it('delivers what came before something unreadable in the same read', async () => {
    const { stream, text } = setup(async () => body('data: {"token":"kept","done":false}\n\ndata: <html>\n\n'));
    await stream().catch(() => undefined);
    expect(text()).toBe('kept');
  });

  it('fails with what the server said', async () => {
    const error = { code: 'invalid_request', message: 'temperature must be from 0 to 2.', param: 'temperature', retryable: false };
    const refusal = { ok: false, status: 400, json: async () => ({ status: 'error', error: { ...error, request_id: 'r' } }) } as Response;
    await expect(setup(async () => refusal).stream()).rejects.toMatchObject({ fault: error });
  });

  it('fails with the status when something else answered', async () => {
    const page = { ok: false, status: 502, json: async () => JSON.parse('<html>') } as Response;
    await expect(setup(async () => page).stream()).rejects.toMatchObject({ fault: { message: expect.stringContaining('502'), retryable: true } });
  });

  it('says that the server cannot be reached', async () => {
    const { stream } = setup(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(stream()).rejects.toMatchObject({ fault: { code: 'server_unreachable', retryable: true } });
  });

  it('rejects with the abort when it was stopped', async () => {
    const { stream, connection } = setup(() => new Promise(() => undefined));
    const streaming = stream();
    connection.abort();
    await expect(streaming).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    ['while it streams', true],
    ['before the server has answered', false],
  ])('tells the server when it was stopped %s: a connection that closes does not stop the work', async (_, isStreaming) => {
    let answer = (): void => undefined;
    let isRead = false;
    const silent = new ReadableStream<Uint8Array>({ pull: () => void (isRead = true) }, { highWaterMark: 0 });
    const { asked, connection, stream } = setup(({ method }) =>
      method === 'POST'
        ? new Promise((resolve) => (answer = () => resolve({ ...body(), body: silent } as unknown as Response)))
        : Promise.resolve({ ok: true, status: 200 } as Response),
    );
    const streaming = stream().catch((thrown: unknown) => thrown);
    if (isStreaming) answer();
    await until(() => isRead === isStreaming);
    connection.abort();
    expect(await streaming).toMatchObject({ name: 'AbortError' });
    answer();
    await until(() => asked.length === 2);
    expect(asked).toEqual(['POST stream', 'DELETE stream/abc']);
  });
});
