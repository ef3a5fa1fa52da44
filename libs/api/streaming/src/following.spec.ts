import { errorOf, framesOf, textOf } from './testing/read-answers';
import { startStreaming } from './testing/start-streaming';

const setup = startStreaming;

describe('a place in a stream that cannot be gone on from', () => {
  const GARBAGE = [
    'nonsense',
    'deadbeef',
    'deadbeef.',
    '.1',
    'deadbeef.-1',
    'deadbeef.1e3',
    `${'a'.repeat(65)}.1`,
    'deadbeef.1.1',
    '0',
    '{"id":1}',
    '../../etc/passwd.1',
    `deadbeef.${'9'.repeat(400)}`,
  ];

  it.each(GARBAGE)('such as %s is 204 to a browser that reconnects and 400 at the stream itself: nothing is asked again', async (garbage) => {
    const { origin, post, seen } = await setup();
    const answer = await post({ model: 'echo', prompt: 'abc' });
    const id = answer.headers.get('x-stream-id') ?? '';
    await answer.text();
    expect((await fetch(`${origin}/stream?model=echo&prompt=abc`, { headers: { 'Last-Event-ID': garbage } })).status).toBe(204);
    const followed = await fetch(`${origin}/stream/${id}`, { headers: { 'Last-Event-ID': garbage } });
    expect([followed.status, (await errorOf(followed)).param]).toEqual([400, 'Last-Event-ID']);
    expect(seen).toHaveLength(1);
  });

  it('because it is of another stream is 204 or 400, whether that stream is there or not', async () => {
    const { origin, post, seen } = await setup();
    const ids: string[] = [];
    for (const prompt of ['abc', 'xyz']) {
      const answer = await post({ model: 'echo', prompt });
      ids.push(answer.headers.get('x-stream-id') ?? '');
      await answer.text();
    }
    const [one, other] = ids as [string, string];
    expect((await fetch(`${origin}/stream/${one}`, { headers: { 'Last-Event-ID': `${other}.1` } })).status).toBe(400);
    expect((await fetch(`${origin}/stream?model=echo&prompt=abc`, { headers: { 'Last-Event-ID': 'deadbeef.1' } })).status).toBe(204);
    // it names its own stream: what the address asks is not asked again
    expect(textOf(await framesOf(await fetch(`${origin}/stream?model=echo&prompt=abc`, { headers: { 'Last-Event-ID': `${other}.1` } })))).toBe('yz');
    expect(seen).toHaveLength(2);
  });

  it('because it was forgotten since is 404 at the stream, 204 to a browser', async () => {
    const { origin, post, seen, runs } = await setup();
    const answer = await post({ model: 'echo', prompt: 'abc' });
    const id = answer.headers.get('x-stream-id') ?? '';
    await answer.text();
    runs.sweep(performance.now() + 6 * 60_000);
    const gone = await fetch(`${origin}/stream/${id}`, { headers: { 'Last-Event-ID': `${id}.1` } });
    expect([gone.status, (await errorOf(gone)).code]).toEqual([404, 'stream_not_found']);
    expect((await fetch(`${origin}/stream?model=echo&prompt=abc`, { headers: { 'Last-Event-ID': `${id}.1` } })).status).toBe(204);
    expect(seen).toHaveLength(1);
  });

  it('because the answer is too long to be kept whole is 404 rather than a gap, and its end can still be had', async () => {
    const { origin, post, say, finish, runs, seen } = await setup();
    const answer = await post({ model: 'echo', prompt: 'endless', resumable: true });
    const id = answer.headers.get('x-stream-id') ?? '';
    const text = answer.text();
    const piece = 'x'.repeat(1_000_000);
    for (let pieces = 0; pieces < 20; pieces++) {
      say(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    finish();
    await text.catch(() => undefined);
    const last = runs.get(id, { key: '', owner: 'unknown', role: 'anyone' }).frames;
    for (const init of [{ headers: { 'Last-Event-ID': `${id}.1` } }, {}]) {
      const early = await fetch(`${origin}/stream/${id}`, init);
      expect([early.status, (await errorOf(early)).code]).toEqual([404, 'stream_not_found']);
    }
    expect((await framesOf(await fetch(`${origin}/stream/${id}?after=${last - 1}`))).at(-1)).toMatchObject({ done: true, finish_reason: 'stop' });
    expect(seen).toHaveLength(1);
  });
});

describe('a stream by its id', () => {
  it('gives what was missed and goes on, from exactly where it was left', async () => {
    const { origin, post, say, finish, seen } = await setup();
    const answer = await post({ model: 'echo', prompt: 'endless', resumable: true });
    const id = answer.headers.get('x-stream-id') ?? '';
    for (const word of [' second', ' third']) say(word);
    await answer.body?.cancel();
    const ways = await Promise.all([
      fetch(`${origin}/stream/${id}`),
      fetch(`${origin}/stream/${id}?after=1`),
      fetch(`${origin}/stream/${id}`, { headers: { 'Last-Event-ID': `${id}.2` } }),
      fetch(`${origin}/stream?model=echo&prompt=endless`, { headers: { 'Last-Event-ID': `${id}.3` } }),
    ]);
    say(' fourth');
    finish();
    const texts = await Promise.all(ways.map(async (way) => textOf(await framesOf(way))));
    expect(texts).toEqual(['first second third fourth', ' second third fourth', ' third fourth', ' fourth']);
    expect(seen).toHaveLength(1);
  });

  it('is stopped by DELETE', async () => {
    const { origin, post, whenStopped } = await setup();
    const response = await post({ model: 'echo', prompt: 'endless' });
    const stopping = await fetch(`${origin}/stream/${response.headers.get('x-stream-id')}`, { method: 'DELETE' });
    expect(stopping.status).toBe(200);
    await whenStopped;
    expect((await framesOf(response)).at(-1)).toMatchObject({ done: true, finish_reason: 'cancelled' });
  });

  it('survives a lost connection when it is resumable', async () => {
    const { origin, post } = await setup();
    const response = await post({ model: 'echo', prompt: 'endless', resumable: true });
    const id = response.headers.get('x-stream-id');
    await response.body?.cancel();
    const back = fetch(`${origin}/stream/${id}?after=0`).then(framesOf);
    await fetch(`${origin}/stream/${id}`, { method: 'DELETE' });
    expect(textOf(await back)).toBe('first');
  });

  it.each([
    ['GET', '/stream/deadbeef', 404, 'stream_not_found'],
    ['DELETE', '/stream/deadbeef', 404, 'stream_not_found'],
  ])('%s %s is %d', async (method, path, status, code) => {
    const { origin } = await setup();
    const response = await fetch(origin + path, { method });
    expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
  });

  it('refuses a place in another stream', async () => {
    const { origin, post } = await setup();
    const response = await post({ model: 'echo', prompt: 'a' });
    const id = response.headers.get('x-stream-id');
    await response.text();
    for (const init of [{ headers: { 'Last-Event-ID': 'beef.1' } }, {}]) {
      const again = await fetch(`${origin}/stream/${id}${init.headers ? '' : '?after=-1'}`, init);
      expect([again.status, (await errorOf(again)).code]).toEqual([400, 'invalid_request']);
    }
  });
});
