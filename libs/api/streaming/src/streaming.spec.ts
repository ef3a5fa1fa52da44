import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { TargetResolver } from '@tandem/api/catalogue';
import type { CompletionSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { dial, eventually, exchange } from '@tandem/testing';
import { errorOf, framesOf, textOf } from './testing/read-answers';
import { startStreaming } from './testing/start-streaming';

const setup = startStreaming;

describe('POST /stream', () => {
  it('streams frames whose tokens join to the text, byte for byte', async () => {
    const { post } = await setup();
    const prompt = 'naïve 👩‍👩‍👧 \u2028 \u202e \ud83d\ude00 "quoted"\n\ttab';
    const frames = await framesOf(await post({ model: 'echo', prompt }));
    expect(textOf(frames)).toBe(prompt);
    expect(frames.filter(({ done }) => done)).toHaveLength(1);
    expect(frames.at(-1)).toMatchObject({ done: true, finish_reason: 'stop' });
  });

  it('answers with headers that no proxy buffers or compresses, and the id of the stream in every frame', async () => {
    const { post } = await setup();
    const response = await post({ model: 'echo', prompt: 'ab' });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toMatch(/no-cache.*no-transform/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const id = response.headers.get('x-stream-id');
    const body = await response.text();
    expect([...body.matchAll(/^id: (.*)$/gm)].map(([, line]) => line)).toEqual([`${id}.1`, `${id}.2`, `${id}.3`]);
    expect(body).toMatch(/^\n*: tandem\n/);
    expect(body).not.toMatch(/^event:/m);
  });

  it('sends head, comment, frames and end of an answer that is there at once as one piece', async () => {
    const { port } = await setup();
    const socket = await dial(port);
    const pieces: string[] = [];
    socket.on('data', (bytes: Buffer) => pieces.push(String(bytes)));
    socket.write('GET /stream?model=echo&prompt=ab HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect(pieces).toEqual([expect.stringMatching(/^HTTP\/1\.1 200 [\s\S]*: tandem\n[\s\S]*"done":true[\s\S]*\r\n0\r\n\r\n$/)]);
  });

  it('aborts the signal of each stream with its end, all by the same word', async () => {
    const signals: AbortSignal[] = [];
    const { post, runs, app } = await setup({
      admit: async (_, left) => {
        signals.push(left);
        return target.source;
      },
    });
    const target = await app.get(TargetResolver).resolve('echo');
    for (const prompt of ['a', 'b']) await (await post({ model: 'echo', prompt })).text();
    await eventually(() => {
      expect(runs.running).toEqual([]);
      expect(signals.map(({ aborted, reason }) => [aborted, (reason as Error | undefined)?.name])).toEqual([
        [true, 'AbortError'],
        [true, 'AbortError'],
      ]);
    });
    expect(signals[0]?.reason).toBe(signals[1]?.reason);
  });

  it('closes the connection behind the last frame where that was asked for', async () => {
    // without being asked it is kept for longer than a test may take
    const { port } = await setup({ limits: { keepAliveMs: 600_000 } });
    expect(await exchange(port, 'GET /stream?model=echo&prompt=ab HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/"done":true/);
  });

  it('puts the system prompt first and passes the conversation on', async () => {
    const { post, seen } = await setup();
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: '' },
      { role: 'user', content: 'b' },
    ];
    await (await post({ model: 'echo', messages, system: 'Be brief.', top_k: 0, stop: ['x'], conversation_id: 'c1' })).text();
    expect(seen[0]?.messages).toEqual([{ role: 'system', content: 'Be brief.' }, ...messages]);
    expect(seen[0]).toMatchObject({ conversation: 'c1', parameters: { top_k: 0, stop: ['x'], temperature: 0.7 } });
  });

  it.each([
    [false, true],
    [true, undefined],
    [undefined, undefined],
  ])('asks for a prompt of which nothing is known from before where that is wanted: cache_prompt %s', async (cachePrompt, isFresh) => {
    const { post, seen } = await setup();
    await (await post({ model: 'echo', prompt: 'a', cache_prompt: cachePrompt })).text();
    expect(seen[0]?.isFresh).toBe(isFresh);
  });

  it('colours nothing unseen: what is left out keeps every token as likely as the model finds it', async () => {
    const { post, seen } = await setup();
    await (await post({ model: 'echo', prompt: 'a' })).text();
    expect(seen[0]?.parameters).toMatchObject({ temperature: 0.7, top_p: 0.9, top_k: 0, repetition_penalty: 1, max_tokens: 512, stop: [] });
  });

  it('stops the work when the client goes away', async () => {
    const { post, whenStopped } = await setup();
    const response = await post({ model: 'echo', prompt: 'endless' });
    await response.body?.cancel();
    await whenStopped;
  });

  it('accepts a prompt of exactly the limit', async () => {
    const { post, seen } = await setup();
    const response = await post({ model: 'echo', prompt: `endless${' '.repeat(999_993)}` });
    expect(response.status).toBe(200);
    await response.body?.cancel();
    expect(seen).toHaveLength(1);
  });

  it('refuses a body that is not declared as JSON', async () => {
    const { post } = await setup();
    const response = await post('{"model":"echo","prompt":"a"}', { 'Content-Type': 'text/plain' });
    expect([response.status, (await errorOf(response)).code]).toEqual([415, 'unsupported_media_type']);
  });

  it('measures a compressed body after it is inflated', async () => {
    const { origin } = await setup();
    const body = gzipSync(`{"model":"echo","prompt":"${'a'.repeat(9_000_000)}"}`);
    const response = await fetch(`${origin}/stream`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body,
    });
    expect([response.status, (await errorOf(response)).code]).toEqual([413, 'payload_too_large']);
  });

  it('leaves prototypes alone', async () => {
    const { post } = await setup();
    await (await post('{"model":"echo","prompt":"a","__proto__":{"isAdmin":true}}')).text();
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('takes no new work while draining, and says when to come back', async () => {
    const { post, readiness } = await setup();
    readiness.startDraining();
    const response = await post({ model: 'echo', prompt: 'a' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await errorOf(response)).toMatchObject({ code: 'server_restarting', retryable: true });
  });

  it("takes the caller's request id where it is well-formed", async () => {
    const { post } = await setup();
    expect((await post({}, { 'X-Request-Id': 'abc-1' })).headers.get('x-request-id')).toBe('abc-1');
    expect((await post({}, { 'X-Request-Id': 'not a good one' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a source that admits requests', () => {
  it('refuses before the stream starts, with its own status', async () => {
    const { post } = await setup({
      admit: () => Promise.reject(new Fault('queue_full', 'No room.', { retryable: true, retryAfterSeconds: 5 })),
    });
    const response = await post({ model: 'echo', prompt: 'a' });
    expect([response.status, response.headers.get('retry-after'), (await errorOf(response)).code]).toEqual([503, '5', 'queue_full']);
  });

  it('answers with what it admitted the request to', async () => {
    const admitted: CompletionSource = {
      complete: async (_, sink) => {
        sink.text('admitted');
        return { finishReason: 'stop' };
      },
    };
    const { post } = await setup({ admit: async () => admitted });
    expect(textOf(await framesOf(await post({ model: 'echo', prompt: 'a' })))).toBe('admitted');
  });

  it('is told when the client leaves before it was admitted', async () => {
    let whenLeft!: () => void;
    const left = new Promise<void>((resolve) => (whenLeft = resolve));
    let asked!: () => void;
    const whenAsked = new Promise<void>((resolve) => (asked = resolve));
    const { post, seen } = await setup({
      admit: (_, signal) =>
        new Promise((_resolve, reject) => {
          asked();
          signal.addEventListener('abort', () => {
            whenLeft();
            reject(new Fault('conflict', 'gone'));
          });
        }),
    });
    const leave = new AbortController();
    const response = post({ model: 'echo', prompt: 'a' }, {}, leave.signal).catch(() => null);
    await whenAsked;
    leave.abort();
    await left;
    await response;
    expect(seen).toEqual([]);
  });
});

describe('GET /stream', () => {
  const ask = (origin: string, query: string, headers: Record<string, string> = {}) => fetch(`${origin}/stream?${query}`, { headers });

  it('takes every value from the address', async () => {
    const { origin, seen } = await setup();
    const query = 'model=echo&prompt=h%C3%A9&max_tokens=5&temperature=0&top_p=1&top_k=0&repetition_penalty=1.5&seed=42&system=S';
    expect(textOf(await framesOf(await ask(origin, query)))).toBe('hé');
    expect(seen[0]?.parameters).toEqual({ max_tokens: 5, temperature: 0, top_p: 1, top_k: 0, repetition_penalty: 1.5, seed: 42, stop: [] });
    expect(seen[0]?.messages[0]).toEqual({ role: 'system', content: 'S' });
  });

  it('gives a browser that reconnects the rest of its own stream, and 204 when that is over', async () => {
    const { origin, seen } = await setup();
    const first = await ask(origin, 'model=echo&prompt=abc');
    const id = first.headers.get('x-stream-id');
    await first.text();
    const rest = await ask(origin, 'model=echo&prompt=abc', { 'Last-Event-ID': `${id}.2` });
    expect(textOf(await framesOf(rest))).toBe('c');
    expect((await ask(origin, 'model=echo&prompt=abc', { 'Last-Event-ID': `${id}.4` })).status).toBe(204);
    expect((await ask(origin, 'model=echo&prompt=abc', { 'Last-Event-ID': 'deadbeef.1' })).status).toBe(204);
    expect(seen).toHaveLength(1);
  });
});

describe('POST /api/generate', () => {
  it('asks with the history, greedily without sampling', async () => {
    const { origin, seen } = await setup();
    const body = { model: 'echo', message: 'b', history: [{ role: 'user', content: 'a' }], do_sample: false, max_new_tokens: 9, seed: null };
    const response = await fetch(`${origin}/api/generate`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(textOf(await framesOf(response))).toBe('b');
    expect(seen[0]).toMatchObject({
      messages: [{ content: 'a' }, { content: 'b' }],
      parameters: { temperature: 0, max_tokens: 9, top_p: 0.9, top_k: 50, repetition_penalty: 1.1 },
    });
  });
});
