import { ReadableStream } from 'node:stream/web';
import { askWithProgress } from './ask-with-progress';
import { refusedTokens } from './fetch-json';

const never = new AbortController().signal;
const FAULT = { code: 'scoring_unsupported', message: 'It cannot.', retryable: false };

/** A server that answers with these pieces, and then ends. */
function serve(pieces: readonly string[], status = 200): void {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  const json = async () => JSON.parse(pieces.join(''));
  globalThis.fetch = async () => ({ ok: status < 400, status, body, json }) as unknown as Response;
}

async function ask(signal = never) {
  const told: number[] = [];
  const result = await askWithProgress<{ score: number }>('api/scores', { text: 'x' }, { signal, onProgress: (share) => told.push(share) });
  return { told, result };
}

describe('askWithProgress', () => {
  it('tells how far it is, and gives what came of it', async () => {
    serve(['data: {"done":false,"prog', 'ress":0.4}\n\n: still there\n\ndata: {"done":true,"score":7}\n\n']);
    const { told, result } = await ask();
    expect([told, result.score]).toEqual([[0.4], 7]);
  });

  it.each([
    ['a refusal before anything was told', [JSON.stringify({ status: 'error', error: FAULT })], 409, FAULT],
    ['a failure on the way', ['data: {"done":false,"progress":0}\n\n', `data: {"done":true,"error":${JSON.stringify(FAULT)}}\n\n`], 200, FAULT],
    ['an end before the end', ['data: {"done":false,"progress":0.5}\n\n'], 200, { code: 'connection_lost' }],
    ['what nobody can read', ['data: [}\n\n'], 200, { code: 'unreadable_answer' }],
  ])('rejects over %s', async (_, pieces, status, fault) => {
    serve(pieces, status);
    await expect(ask()).rejects.toMatchObject({ fault });
  });

  it('rejects where no server is', async () => {
    globalThis.fetch = async () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(ask()).rejects.toMatchObject({ fault: { code: 'server_unreachable' } });
  });

  it('has the page ask for a token where the server wants one', async () => {
    const before = refusedTokens();
    serve(['{}'], 401);
    await expect(ask()).rejects.toBeDefined();
    expect(refusedTokens()).toBe(before + 1);
  });

  it('is over when nobody waits for it any more', async () => {
    const stopping = new AbortController();
    globalThis.fetch = async (_, init) => new Promise((__, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const asked = ask(stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });
});
