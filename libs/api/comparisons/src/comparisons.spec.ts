import { share } from '@tandem/testing';
import { FORMATS } from './requests/queries.dto';
import { bareAnswer, content, ID, oneTurn } from './testing/kept-content';
import { startComparisons } from './testing/start-comparisons';

const shared = (options: Parameters<typeof startComparisons>[0] = {}) =>
  share(async (closing) => {
    const server = await startComparisons(options);
    closing(() => server.close());
    return server;
  });

const TURN = { prompt: 'x', baseline: { model: 'old', text: 'a' }, derivative: { model: 'new', text: 'b' } };
const LEAST = { baseline: 'old', derivative: 'new', turns: [TURN] };
const baselineWith = (more: object) => ({ ...LEAST, turns: [{ ...TURN, baseline: { ...TURN.baseline, ...more } }] });
const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const TIMINGS = { queue_ms: 0, load_ms: 0, ttft_ms: null, total_ms: 0, tokens_per_second: null, source: 'server' };

describe('the routes of comparisons', () => {
  const server = shared();
  const keep = async (body: object = content()) => (await server().ask('POST /api/comparisons', body)).body.comparison;

  it('keep the least and all that can be sent', async () => {
    for (const body of [LEAST, content()]) {
      const { status, body: told } = await server().ask('POST /api/comparisons', body);
      expect(status).toBe(201);
      expect(told).toMatchObject({ status: 'success', comparison: body });
      expect(told.comparison).toMatchObject({ id: expect.stringMatching(/^[\da-f-]{36}$/), url: `/comparisons/${told.comparison.id}` });
    }
  });

  it('keep ids of models that are not configured', async () => {
    expect((await keep({ ...LEAST, baseline: 'gone/long ago', derivative: 'x'.repeat(512) })).baseline).toBe('gone/long ago');
  });

  it.each([
    ['title', { ...LEAST, title: null }],
    ['title', { ...LEAST, title: 'x'.repeat(201) }],
    ['title', { ...LEAST, title: 'a\0' }],
    ['note', { ...LEAST, note: 'x'.repeat(10_001) }],
    ['note', { ...LEAST, note: '\udc00' }],
    ['baseline', { ...LEAST, baseline: '' }],
    ['derivative', { ...LEAST, derivative: 'x'.repeat(513) }],
    ['system', { ...LEAST, system: 1 }],
    ['config_version', { ...LEAST, config_version: {} }],
    ['parameters', { ...LEAST, parameters: null }],
    ['parameters', { ...LEAST, parameters: [] }],
    ['parameters.baseline', { ...LEAST, parameters: { baseline: 1 } }],
    ['parameters.derivative.stop[1]', { ...LEAST, parameters: { derivative: { stop: ['', '\ud800'] } } }],
    ['parameters.baseline', { ...LEAST, parameters: { baseline: { 'a\0': 1 } } }],
    ['turns', { ...LEAST, turns: undefined }],
    ['turns', { ...LEAST, turns: { 0: TURN } }],
    ['turns', { ...LEAST, turns: [] }],
    ['turns', { ...LEAST, turns: Array.from({ length: 1_001 }, () => TURN) }],
    ['turns[0]', { ...LEAST, turns: [null] }],
    ['turns[0]', { ...LEAST, turns: ['x'] }],
    ['turns[0]', { ...LEAST, turns: [[]] }],
    ['turns[0]', { ...LEAST, turns: [[TURN]] }],
    ['turns[0].prompt', { ...LEAST, turns: [{ ...TURN, prompt: '' }] }],
    ['turns[0].baseline', { ...LEAST, turns: [{ ...TURN, baseline: null }] }],
    ['turns[0].baseline', { ...LEAST, turns: [{ ...TURN, baseline: 'a' }] }],
    ['turns[0].baseline', { ...LEAST, turns: [{ ...TURN, baseline: [] }] }],
    ['turns[0].derivative', { ...LEAST, turns: [{ ...TURN, derivative: [TURN.derivative] }] }],
    ['turns[0].baseline.model', baselineWith({ model: undefined })],
    ['turns[0].baseline.text', baselineWith({ text: null })],
    ['turns[0].baseline.text', baselineWith({ text: 'a\0' })],
    ['turns[0].baseline.thoughts', baselineWith({ thoughts: '\ud83d' })],
    ['turns[0].baseline.identity', baselineWith({ identity: [] })],
    ['turns[0].baseline.finish_reason', baselineWith({ finish_reason: 'done' })],
    ['turns[0].baseline.error', baselineWith({ error: [] })],
    ['turns[0].baseline.error.code', baselineWith({ error: { code: 'x', message: '', retryable: true } })],
    ['turns[0].baseline.error.retryable', baselineWith({ error: { code: 'internal_error', message: '' } })],
    ['turns[0].baseline.usage', baselineWith({ usage: [] })],
    ['turns[0].baseline.usage', baselineWith({ usage: [USAGE] })],
    ['turns[0].baseline.usage.total_tokens', baselineWith({ usage: { ...USAGE, total_tokens: -1 } })],
    ['turns[0].baseline.timings', baselineWith({ timings: [] })],
    ['turns[0].baseline.timings.source', baselineWith({ timings: { ...TIMINGS, source: 'guessed' } })],
    ['turns[0].baseline.timings.ttft_ms', baselineWith({ timings: { ...TIMINGS, ttft_ms: '1' } })],
    ['turns[0].baseline.seed', baselineWith({ seed: 2 ** 53 })],
    ['turns[0].baseline.ignored_parameters', baselineWith({ ignored_parameters: 'top_k' })],
    ['turns[0].baseline.ignored_parameters', baselineWith({ ignored_parameters: [1] })],
  ])('keep nothing where %s is not right, and name it', async (param, body) => {
    const { status, body: told } = await server().ask('POST /api/comparisons', body);
    expect([status, told.error?.code, told.error?.param]).toEqual([400, 'invalid_request', param]);
    expect(told.error.message).toMatch(/^\S+: .+\.$/);
  });

  it.each([
    ['stars', 'POST /api/comparisons', { ...LEAST, stars: 5 }],
    ['id', 'POST /api/comparisons', { ...LEAST, id: ID }],
    ['parameters.both', 'POST /api/comparisons', { ...LEAST, parameters: { both: {} } }],
    ['turns[0].text', 'POST /api/comparisons', { ...LEAST, turns: [{ ...TURN, text: '' }] }],
    ['turns[0].baseline.stars', 'POST /api/comparisons', baselineWith({ stars: 5 })],
    ['turns[0].baseline.usage.cached', 'POST /api/comparisons', baselineWith({ usage: { ...USAGE, cached: 1 } })],
    ['dry', 'POST /api/comparisons?dry=true', LEAST],
    ['turns', `PATCH /api/comparisons/${ID}`, { title: 'x', turns: [] }],
    ['sort', 'GET /api/comparisons?sort=id', undefined],
    ['full', `GET /api/comparisons/${ID}?full=true`, undefined],
    ['force', `DELETE /api/comparisons/${ID}?force=true`, undefined],
    ['name', `GET /api/comparisons/${ID}/export?format=md&name=x`, undefined],
    ['voter', `POST /api/comparisons/${ID}/votes`, { turn: 0, choice: 'tie', voter: 'x' }],
    ['voter', `PUT /api/comparisons/${ID}/votes`, { turn: 0, choice: 'tie', voter: 'x' }],
    ['turn', `GET /api/comparisons/${ID}/votes?turn=0`, undefined],
    ['model', 'GET /api/votes/summary?baseline=a&derivative=b&model=c', undefined],
    ['baseline', 'GET /api/votes/ranking?baseline=a', undefined],
  ])('refuse the unknown field %s: %s', async (param, line, body) => {
    const { status, body: told } = await server().ask(line, body);
    expect([status, told.error.code, told.error.param]).toEqual([400, 'unknown_field', param]);
  });

  it.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=-1'],
    ['limit', 'limit=1.5'],
    ['limit', 'limit=1e1'],
    ['limit', 'limit='],
    ['limit', 'limit=5&limit=5'],
    ['cursor', 'cursor='],
    ['cursor', 'cursor=x'],
    ['cursor', `cursor=${ID}`],
    ['cursor', `cursor=${Buffer.from('x'.repeat(36)).toString('base64url')}`],
    ['cursor', 'cursor=a&cursor=a'],
    ['query', `query=${'x'.repeat(501)}`],
    ['query', 'query=a%00'],
    ['query', 'query=a&query=b'],
    ['model', 'model=%00'],
  ])('do not list with a wrong %s: %s', async (param, query) => {
    const { status, body } = await server().ask(`GET /api/comparisons?${query}`);
    expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', param]);
  });

  it.each([1, 100])('list up to %d', async (limit) => {
    await keep();
    const { status, headers, body } = await server().ask(`GET /api/comparisons?limit=${limit}`);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(Object.keys(body)).toEqual(['status', 'comparisons', 'next_cursor']);
    expect(body.comparisons.length).toBeLessThanOrEqual(limit);
  });

  it('read what they gave as a cursor, down to the last', async () => {
    for (let count = 0; count < 3; count += 1) await keep({ ...LEAST, baseline: 'paged' });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await server().ask(`GET /api/comparisons?model=paged&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.body.comparisons.map(({ id }) => id));
      cursor = page.body.next_cursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([3, 3]);
  });

  it.each([
    [{}, 'title'],
    [{ title: '' }, 'title'],
    [{ title: null }, 'title'],
    [{ note: 'a\0' }, 'note'],
    [{ title: '\ud83d' }, 'title'],
  ])('change nothing by %j', async (change, param) => {
    const { id, ...before } = await keep();
    const { status, body } = await server().ask(`PATCH /api/comparisons/${id}`, change);
    expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', param]);
    expect((await server().ask(`GET /api/comparisons/${id}`)).body.comparison).toMatchObject(before);
  });

  it.each([
    ['json', 'application/json'],
    ['jsonl', 'application/x-ndjson'],
    ['csv', 'text/csv'],
    ['md', 'text/markdown'],
    ['html', 'text/html'],
  ])('give it as an attachment: %s', async (format, type) => {
    const { id } = await keep();
    const { status, headers } = await server().ask(`GET /api/comparisons/${id}/export?format=${format}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="comparison-${id}.${format}"`);
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
  });

  it('take an export as JSON again, as often as one likes', async () => {
    const hostile = '=1+1 <b> "\\ \u2028 🚲\r\n';
    let id = (await keep({ ...content({ note: hostile, ...oneTurn(hostile, hostile) }) })).id;
    const first = (await server().ask(`GET /api/comparisons/${id}/export?format=json`)).text;
    for (let round = 0; round < 2; round += 1) {
      id = (await keep(JSON.parse((await server().ask(`GET /api/comparisons/${id}/export?format=json`)).text) as object)).id;
      expect((await server().ask(`GET /api/comparisons/${id}/export?format=json`)).text).toBe(first);
    }
    expect(JSON.parse(first)).toMatchObject({ note: hostile, turns: [{ prompt: hostile, baseline: bareAnswer('old', hostile) }] });
  });

  it.each(['', '?format=', '?format=pdf', '?format=json&format=csv', '?format=JSON'])('export nothing with %j', async (query) => {
    const { id } = await keep();
    const { status, body } = await server().ask(`GET /api/comparisons/${id}/export${query}`);
    expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', 'format']);
    expect(body.error.message).toContain(FORMATS.join(', '));
  });

  it.each(['x', ID, '%00', '%25', ID.toUpperCase()])('know nothing of %s', async (id) => {
    for (const line of [
      `GET /api/comparisons/${id}`,
      `DELETE /api/comparisons/${id}`,
      `GET /api/comparisons/${id}/votes`,
      `GET /api/comparisons/${id}/export?format=md`,
    ]) {
      const { status, body } = await server().ask(line);
      expect([line, status, body.error.code]).toEqual([line, 404, 'not_found']);
    }
  });

  it('count a second vote as no vote, and PUT as the change of the first', async () => {
    const { id } = await keep({ ...LEAST, baseline: 'voted' });
    const [one, other] = [server().visitor(), server().visitor()];
    const path = `/api/comparisons/${id}/votes`;
    const statuses = [
      await one(`PUT ${path}`, { turn: 0, choice: 'tie' }),
      await one(`POST ${path}`, { turn: 0, choice: 'derivative' }),
      await one(`POST ${path}`, { turn: 0, choice: 'derivative' }),
      await other(`POST ${path}`, { turn: 0, choice: 'baseline', blind: true }),
      await one(`PUT ${path}`, { turn: 0, choice: 'both_bad' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 201, 409, 201, 200]);
    const { body } = await one('GET /api/votes/summary?baseline=voted&derivative=new');
    expect(body.counts).toEqual({ baseline: 1, derivative: 0, tie: 0, both_bad: 1 });
    expect((await one('GET /api/votes/summary?baseline=voted&derivative=new&blind=false')).body).toMatchObject({ decisive: 0, win_rate: null, decided: null });
    expect((await one(`GET ${path}`)).body.votes).toEqual([{ turn: 0, counts: body.counts, yours: 'both_bad' }]);
  });

  it.each([
    [{ choice: 'tie' }, 'turn'],
    [{ turn: '0', choice: 'tie' }, 'turn'],
    [{ turn: 0.5, choice: 'tie' }, 'turn'],
    [{ turn: -1, choice: 'tie' }, 'turn'],
    [{ turn: 2, choice: 'tie' }, 'turn'],
    [{ turn: 1_000, choice: 'tie' }, 'turn'],
    [{ turn: 0 }, 'choice'],
    [{ turn: 0, choice: 'left' }, 'choice'],
    [{ turn: 0, choice: 'tie', blind: null }, 'blind'],
    [{ turn: 0, choice: 'tie', blind: 1 }, 'blind'],
  ])('take no vote %j', async (vote, param) => {
    const { id } = await keep();
    for (const method of ['POST', 'PUT']) {
      const { status, body } = await server().ask(`${method} /api/comparisons/${id}/votes`, vote);
      expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', param]);
    }
  });

  it.each([
    ['summary?derivative=b', 'baseline'],
    ['summary?baseline=a', 'derivative'],
    ['summary?baseline=&derivative=b', 'baseline'],
    ['summary?baseline=a&derivative=%00', 'derivative'],
    ['summary?baseline=a&baseline=b&derivative=b', 'baseline'],
    ['summary?baseline=a&derivative=b&blind=yes', 'blind'],
    ['ranking?blind=1', 'blind'],
    ['ranking?blind=true&blind=true', 'blind'],
  ])('tell nothing of votes by %s', async (query, param) => {
    const { status, body } = await server().ask(`GET /api/votes/${query}`);
    expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', param]);
  });
});

describe('the routes of comparisons while nothing can be kept', () => {
  const server = shared({ isOff: true });
  const VOTE = { turn: 0, choice: 'tie' };
  const REQUESTS: readonly (readonly [line: string, body: object | undefined])[] = [
    ['POST /api/comparisons', content()],
    ['GET /api/comparisons', undefined],
    ['GET /api/comparisons/:id', undefined],
    ['PATCH /api/comparisons/:id', { title: 'x' }],
    ['DELETE /api/comparisons/:id', undefined],
    ['GET /api/comparisons/:id/export?format=json', undefined],
    ['POST /api/comparisons/:id/votes', VOTE],
    ['PUT /api/comparisons/:id/votes', VOTE],
    ['GET /api/comparisons/:id/votes', undefined],
    ['GET /api/votes/summary?baseline=a&derivative=b', undefined],
    ['GET /api/votes/ranking', undefined],
    ['POST /api/blind', { baseline: 'old', derivative: 'new', messages: [{ role: 'user', content: 'x' }] }],
    ['POST /api/blind/:id/vote', { choice: 'left' }],
    ['GET /api/blind/:id/vote', undefined],
  ];

  it('are all of the room', () => {
    const asked = REQUESTS.map(([line]) => line.split('?')[0]);
    expect(asked.toSorted()).toEqual(
      server()
        .routes.map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    );
  });

  it.each(REQUESTS)('say so, and when to come again: %s', async (line, body) => {
    for (const id of [ID, 'x']) {
      const { status, headers, body: told } = await server().ask(line.replace(':id', id), body);
      expect([status, told.error.code, told.error.retryable]).toEqual([503, 'store_unavailable', true]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(told.error.message).toContain('DATA_DIR');
    }
  });

  it('begin no answers', () => {
    expect(server().runs.running).toEqual([]);
  });
});
