import type { CompletionSource } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { StreamFrame } from '@tandem/shared/contracts';
import { closeAfterEach, share } from '@tandem/testing';
import { sql } from 'kysely';
import { ID } from '../testing/kept-content';
import { says, type StartOptions, startComparisons } from '../testing/start-comparisons';

const defer = closeAfterEach();
const CLIENT = { key: 'unknown', owner: 'unknown', role: 'anyone' } as const;
const ASKED = { baseline: 'old', derivative: 'new', messages: [{ role: 'user', content: 'Who are you?' }], parameters: { seed: 5 } };

async function setup(options: StartOptions = {}) {
  const server = await startComparisons(options);
  defer(() => server.close());
  const start = async (more: object = {}) => (await server.ask('POST /api/blind', { ...ASKED, ...more })).body;
  /** All that a stream shows, once it has ended. */
  const framesOf = async (stream: string): Promise<StreamFrame[]> => {
    const run = server.runs.get(stream, CLIENT);
    await run.ended;
    return Array.from({ length: run.frames }, (_, index) => run.frame(index + 1));
  };
  return { ...server, start, framesOf };
}

/** A source that is held until the test lets it go. */
function held(text: string) {
  let letGo!: () => void;
  const waiting = new Promise<void>((resolve) => (letGo = resolve));
  const source: CompletionSource = {
    complete: async (_, sink) => {
      await waiting;
      sink.text(text);
      return { finishReason: 'stop' };
    },
  };
  return { source, letGo };
}

describe('a blind comparison', () => {
  it('is an id and two streams, which tell nothing', async () => {
    const { ask } = await setup();
    const { status, text, body } = await ask('POST /api/blind', ASKED);
    expect(status).toBe(201);
    expect(body).toEqual({ status: 'success', id: body.id, streams: { left: expect.any(String), right: expect.any(String) } });
    expect(text).not.toMatch(/old|new|baseline|derivative/);
  });

  it('shows words alone before the vote', async () => {
    const { start, framesOf } = await setup();
    const { streams } = await start();
    const shown = await Promise.all([framesOf(streams.left), framesOf(streams.right)]);
    const keys = shown.flat().map((frame) => Object.keys(frame).join());
    expect(new Set(keys)).toEqual(new Set(['token,done', 'token,done,finish_reason']));
    expect(shown.map((frames) => frames.map(({ token }) => token).join('')).toSorted()).toEqual(['I am new', 'I am old']);
  });

  it('puts either side on the left', async () => {
    const { start, framesOf } = await setup();
    const onTheLeft = new Set<string>();
    // one side forty times in a row would be one chance in 500 thousand millions
    for (let trial = 0; trial < 40 && onTheLeft.size < 2; trial += 1) {
      const { streams } = await start();
      onTheLeft.add((await framesOf(streams.left)).map(({ token }) => token).join(''));
      await framesOf(streams.right);
    }
    expect(onTheLeft).toEqual(new Set(['I am old', 'I am new']));
  });

  it('reveals with the vote who was who, and what each side took', async () => {
    const { ask, start, framesOf } = await setup();
    const { id, streams } = await start();
    const [left = []] = await Promise.all([framesOf(streams.left), framesOf(streams.right)]);
    const { status, body } = await ask(`POST /api/blind/${id}/vote`, { choice: 'left' });
    const isOld = left.map(({ token }) => token).join('') === 'I am old';
    expect(status).toBe(200);
    expect(body).toMatchObject({
      choice: 'left',
      vote: isOld ? 'baseline' : 'derivative',
      sides: isOld ? { left: 'baseline', right: 'derivative' } : { left: 'derivative', right: 'baseline' },
      models: isOld ? { left: 'old', right: 'new' } : { left: 'new', right: 'old' },
      timings: { left: { total_ms: expect.any(Number) }, right: { total_ms: expect.any(Number) } },
      outcomes: { left: { usage: { completion_tokens: 7 }, ignored_parameters: ['top_k'], seed: 5 } },
    });
    const { body: summary } = await ask('GET /api/votes/summary?baseline=old&derivative=new&blind=true');
    expect([summary.decisive, summary.counts[isOld ? 'baseline' : 'derivative']]).toEqual([1, 1]);
  });

  it('is not voted on while either still answers, nor twice, and counts once', async () => {
    const slow = held('late');
    const { ask, start, framesOf } = await setup({ old: slow.source });
    const { id, streams } = await start();
    const early = await ask(`POST /api/blind/${id}/vote`, { choice: 'tie' });
    expect([early.status, early.body.error.code]).toEqual([409, 'conflict']);
    expect(early.text).not.toMatch(/"models"|"sides"|old|new/);
    slow.letGo();
    await Promise.all([framesOf(streams.left), framesOf(streams.right)]);
    const votes = [await ask(`POST /api/blind/${id}/vote`, { choice: 'tie' }), await ask(`POST /api/blind/${id}/vote`, { choice: 'left' })];
    expect(votes.map(({ status }) => status)).toEqual([200, 409]);
    expect((await ask('GET /api/votes/summary?baseline=old&derivative=new')).body.counts).toEqual({ baseline: 0, derivative: 0, tie: 1, both_bad: 0 });
  });

  it('tells again what the vote brought to light, and nothing before it', async () => {
    const { ask, start, framesOf } = await setup();
    const { id, streams } = await start();
    await Promise.all([framesOf(streams.left), framesOf(streams.right)]);
    const early = await ask(`GET /api/blind/${id}/vote`);
    expect([early.status, early.body.error.code]).toEqual([409, 'conflict']);
    expect(early.text).not.toMatch(/"models"|"sides"|old|new/);
    const { body } = await ask(`POST /api/blind/${id}/vote`, { choice: 'right' });
    const again = await ask(`GET /api/blind/${id}/vote`);
    expect([again.status, again.body]).toEqual([200, body]);
  });

  it('is voted on once the store is back, where it failed when both had ended', async () => {
    const slow = held('late');
    const { ask, start, framesOf, store } = await setup({ old: slow.source });
    const { id, streams } = await start();
    // as on a disk that takes nothing any more
    await store.use((db) => sql`pragma query_only = 1`.execute(db));
    slow.letGo();
    await Promise.all([framesOf(streams.left), framesOf(streams.right)]);
    const failed = await ask(`POST /api/blind/${id}/vote`, { choice: 'left' });
    expect([failed.status, failed.body.error.code, failed.headers.has('retry-after')]).toEqual([503, 'store_unavailable', true]);
    await store.start();
    const { status, body } = await ask(`POST /api/blind/${id}/vote`, { choice: 'left' });
    expect([status, body.outcomes.left, body.outcomes.right]).toEqual([200, expect.objectContaining({ seed: 5 }), expect.objectContaining({ seed: 5 })]);
    expect((await ask('GET /api/votes/summary?baseline=old&derivative=new')).body.decisive).toBe(1);
  });

  it('is there for who asked alone', async () => {
    const { ask, visitor, start, framesOf } = await setup();
    const { id, streams } = await start();
    await Promise.all([framesOf(streams.left), framesOf(streams.right)]);
    for (const [line, ask_] of [
      [`POST /api/blind/${id}/vote`, visitor()],
      [`GET /api/blind/${id}/vote`, visitor()],
      [`POST /api/blind/${ID}/vote`, ask],
      ['POST /api/blind/x/vote', ask],
    ] as const) {
      const { status, body } = await ask_(line, line.startsWith('POST') ? { choice: 'left' } : undefined);
      expect([status, body.error.code, body.error.param]).toEqual([404, 'not_found', 'id']);
    }
    expect((await ask('GET /api/votes/summary?baseline=old&derivative=new')).body.decisive).toBe(0);
  });

  it('tells why a side failed with the vote, and not before', async () => {
    const failing: CompletionSource = {
      complete: async () => Promise.reject(new Fault('upstream_unreachable', 'The server of the old model is down.')),
    };
    const { ask, start, framesOf } = await setup({ old: failing });
    const { id, streams } = await start();
    const shown = JSON.stringify(await Promise.all([framesOf(streams.left), framesOf(streams.right)]));
    expect(shown).toContain('"error":{"code":"upstream_error","message":"This side could not answer. Vote to see why."');
    expect(shown).not.toMatch(/is down|unreachable/);
    const { body } = await ask(`POST /api/blind/${id}/vote`, { choice: 'both_bad' });
    expect(body.outcomes[body.sides.left === 'baseline' ? 'left' : 'right']?.error).toMatchObject({ code: 'upstream_unreachable' });
  });

  it.each(['old', 'new'] as const)('is not begun where %s does not take the request: its field is named, and nothing is kept or left waiting', async (side) => {
    let isLeft = false;
    const full: CompletionSource = {
      ...says(''),
      admit: async () => Promise.reject(new Fault('queue_full', 'Too many wait.', { retryable: true, retryAfterSeconds: 3 })),
    };
    const waiting: CompletionSource = {
      ...says(''),
      admit: async (_, left) => {
        left.addEventListener('abort', () => (isLeft = true));
        return says('');
      },
    };
    const { ask, store, runs } = await setup({ old: waiting, new: waiting, [side]: full });
    const { status, headers, body } = await ask('POST /api/blind', ASKED);
    expect([status, headers.get('retry-after'), body.error.code, body.error.param]).toEqual([
      503,
      '3',
      'queue_full',
      side === 'old' ? 'baseline' : 'derivative',
    ]);
    expect(isLeft).toBe(side === 'new');
    expect(runs.running).toEqual([]);
    expect(await store.use<{ blinds: { id: string } }, unknown[]>((db) => db.selectFrom('blinds').select('id').execute())).toEqual([]);
  });

  it('asks both sides the same, with the system prompt first', async () => {
    const asked: unknown[] = [];
    const listening: CompletionSource = {
      complete: async ({ messages, parameters }) => {
        asked.push({ messages, parameters });
        return { finishReason: 'stop' };
      },
    };
    const { start, framesOf } = await setup({ old: listening, new: listening });
    const { streams } = await start({ system: 'Be brief.', parameters: { seed: 5, temperature: 0, stop: ['\n'], max_tokens: 3 } });
    await Promise.all([framesOf(streams.left), framesOf(streams.right)]);
    expect(asked[0]).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Who are you?' },
      ],
      parameters: { seed: 5, temperature: 0, stop: ['\n'], max_tokens: 3, top_p: 0.9, top_k: 0, repetition_penalty: 1 },
    });
    expect(asked[1]).toEqual(asked[0]);
  });
});

describe('what is no blind comparison', () => {
  const server = share(async (closing) => {
    const started = await startComparisons();
    closing(() => started.close());
    return started;
  });

  it.each([
    [{ baseline: undefined }, 'invalid_request', 'baseline'],
    [{ derivative: 'nobody' }, 'model_not_found', 'derivative'],
    [{ messages: [] }, 'invalid_request', 'messages'],
    [{ messages: [[]] }, 'invalid_request', 'messages[0]'],
    [{ messages: [null] }, 'invalid_request', 'messages[0]'],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'invalid_request', 'messages[0].role'],
    [{ messages: [{ role: 'user', content: ' ' }] }, 'invalid_request', 'messages[0].content'],
    [{ messages: [{ role: 'user', content: '\ud83d' }] }, 'invalid_request', 'messages[0].content'],
    [{ messages: [{ role: 'user', content: 'x', name: 'y' }] }, 'unknown_field', 'messages[0].name'],
    [{ system: '\0' }, 'invalid_request', 'system'],
    [{ parameters: [] }, 'invalid_request', 'parameters'],
    [{ parameters: { top_p: 0 } }, 'invalid_request', 'parameters.top_p'],
    [{ parameters: { speed: 1 } }, 'unknown_field', 'parameters.speed'],
    [{ parameters: { stop: Array<string>(17).fill('x') } }, 'invalid_request', 'parameters.stop'],
    [{ stream: true }, 'unknown_field', 'stream'],
  ])('is asked for with %j', async (more, code, param) => {
    const { status, body } = await server().ask('POST /api/blind', { ...ASKED, ...more });
    expect([status, body.error.code, body.error.param]).toEqual([code === 'model_not_found' ? 404 : 400, code, param]);
    expect(server().runs.running).toEqual([]);
  });

  it.each([
    [{}, 'choice'],
    [{ choice: 'baseline' }, 'choice'],
    [{ choice: ['left'] }, 'choice'],
    [{ choice: 'left', turn: 0 }, 'turn'],
  ])('is voted on with %j', async (vote, param) => {
    const { status, body } = await server().ask(`POST /api/blind/${ID}/vote`, vote);
    expect([status, body.error.param]).toEqual([400, param]);
  });
});
