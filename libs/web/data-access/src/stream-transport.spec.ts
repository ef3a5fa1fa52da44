import { ReadableStream } from 'node:stream/web';
import { type StreamFrame } from '@tandem/shared/contracts';
import { StreamTransport } from './stream-transport';

const END = '{"token":"","done":true,"finish_reason":"stop","timings":{},"seed":1}';

function setup(respond: (init: RequestInit) => Promise<Response>) {
  const requests: RequestInit[] = [];
  globalThis.fetch = (_, init = {}) => {
    requests.push(init);
    return respond(init);
  };
  const frames: StreamFrame[] = [];
  const connection = new AbortController();
  const stream = () =>
    new StreamTransport().stream({ model: 'm', prompt: 'Hi' }, { signal: connection.signal, onFrames: (some) => frames.push(...some) });
  return { requests, frames, connection, stream, text: () => frames.map(({ token }) => token).join('') };
}

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

describe('StreamTransport', () => {
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
    ['ends without an end frame', 'connection_lost', () => body('data: {"token":"a","done":false}\n\n')],
    ['breaks off', 'connection_lost', () => body('data: {"token":"a","done":false}\n\n', new TypeError('network error'))],
    ['carries something that is no frame', 'unreadable_answer', () => body('data: {"choices":[]}\n\n')],
    ['carries something that is no JSON', 'unreadable_answer', () => body('data: <html>\n\n')],
  ])('fails when the stream %s', async (_, code, respond) => {
    await expect(setup(async () => respond()).stream()).rejects.toMatchObject({ fault: { code } });
  });

  it('delivers what came before a broken connection', async () => {
    const { stream, text } = setup(async () => body('data: {"token":"kept","done":false}\n\n', new TypeError('network error')));
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
    const { stream, connection } = setup(
      ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    const streaming = stream();
    connection.abort();
    await expect(streaming).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tells the server when it was stopped, which a closed connection may do too late', async () => {
    const asked: string[] = [];
    const { connection, stream } = setup(async () => ({ ...body(), body: new ReadableStream<Uint8Array>() }) as unknown as Response);
    const respond = globalThis.fetch;
    globalThis.fetch = (path, init) => {
      asked.push(`${init?.method ?? 'GET'} ${String(path)}`);
      return respond(path, init);
    };
    void stream();
    await new Promise((resolve) => setTimeout(resolve));
    connection.abort();
    expect(asked).toEqual(['POST stream', 'DELETE stream/abc']);
  });
});
