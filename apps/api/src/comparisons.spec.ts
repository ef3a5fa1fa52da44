import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPostgres, type Postgres, startPostgres } from '@tandem/testing';
import { apiClient, keptAnswer, keptComparison } from './testing/kept-comparison';
import { type RunningServer, startServer } from './testing/start-server';

const engines = [['SQLite', false] as const, ['PostgreSQL', true] as const].filter(
  ([, isPostgres]) => !isPostgres || hasPostgres() || process.env['CI'] === 'true',
);

describe.each(engines)('comparisons kept in %s', (_, isPostgres) => {
  let folder: string;
  let postgres: Postgres | undefined;
  let server: RunningServer;
  let ask: ReturnType<typeof apiClient>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'comparisons-'));
    postgres = isPostgres ? await startPostgres() : undefined;
    server = await startServer(folder, postgres ? { DATABASE_URL: postgres.url } : {});
    ask = apiClient(server.origin);
  });
  afterEach(async () => void (await ask('DELETE', '/api/store')));
  afterAll(async () => {
    await server.stop();
    await postgres?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const keep = async (more: Parameters<typeof keptComparison>[0] = {}) => (await ask('POST', '/api/comparisons', keptComparison(more))).body.comparison;
  const titles = async (query: string) => (await ask('GET', `/api/comparisons?${query}`)).body.comparisons.map(({ title }) => title);

  it('are given back as they were sent, under an id and an address', async () => {
    const { status, body } = await ask('POST', '/api/comparisons', keptComparison());
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'success', comparison: { ...keptComparison(), url: `/comparisons/${body.comparison.id}` } });
    expect(body.comparison.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Date.parse(body.comparison.created_at)).not.toBeNaN();
    expect((await ask('GET', `/api/comparisons/${body.comparison.id}`)).body).toEqual(body);
  });

  it('are the same again when an export as JSON is sent back', async () => {
    const { id } = await keep();
    const file = await ask('GET', `/api/comparisons/${id}/export?format=json`);
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="comparison-${id}.json"`);
    const again = await ask('POST', '/api/comparisons', file.body);
    expect((await ask('GET', `/api/comparisons/${again.body.comparison.id}/export?format=json`)).text).toBe(file.text);
  });

  it.each(['a\u2028 \u2029b', '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'שלום \u202Eabc', '\r\n\t\u0001\uFEFF', '{"__proto__":1}', '=1+1'])(
    'are the same again whatever they hold: %j',
    async (text) => {
      const answer = keptAnswer('old', text, { thoughts: text, finish_reason: null, usage: null, identity: { [text]: text } });
      const sent = keptComparison({
        title: text,
        note: text,
        system: text,
        turns: [{ prompt: text, baseline: answer, derivative: { ...answer, error: null } }],
      });
      const { id } = await keep(sent);
      const file = await ask('GET', `/api/comparisons/${id}/export?format=json`);
      expect(file.body).toEqual(sent);
      const again = await ask('POST', '/api/comparisons', file.body);
      expect((await ask('GET', `/api/comparisons/${again.body.comparison.id}/export?format=json`)).text).toBe(file.text);
    },
  );

  it('have the beginning of the prompt for a title where they are given none', async () => {
    const { title, ...rest } = keptComparison();
    expect((await ask('POST', '/api/comparisons', { ...rest, title: '' })).body.comparison.title).toBe('What is a tandem?');
    expect((await ask('POST', '/api/comparisons', rest)).body.comparison.title).toBe('What is a tandem?');
    expect(title).toBe('Bicycles');
  });

  it('are listed newest first, page by page, without answers', async () => {
    for (const title of ['one', 'two', 'three']) await keep({ title });
    const first = await ask('GET', '/api/comparisons?limit=2');
    expect(first.body.comparisons.map(({ title }) => title)).toEqual(['three', 'two']);
    expect(first.text).not.toContain('A bicycle');
    const second = await ask('GET', `/api/comparisons?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ comparisons: [{ title: 'one', turn_count: 2, prompt: 'What is a tandem?' }], next_cursor: null });
  });

  it.each([
    ['50%25', ['50% _off_']],
    ['%25', ['50% _off_']],
    ['_off_', ['50% _off_']],
    ['TANDEM', ['GRÖSSE', '50% _off_']],
    ['gr%C3%B6sse', ['GRÖSSE']],
    ['trike%3F', ['GRÖSSE', '50% _off_']],
    ['a%5Cb', []],
    ['', ['GRÖSSE', '50% _off_']],
  ])('are found by text as it stands: %s', async (query, found) => {
    await keep({ title: '50% _off_' });
    await keep({ title: 'GRÖSSE' });
    expect(await titles(`query=${query}`)).toEqual(found);
  });

  it('are found by a model on either side, also within a text', async () => {
    await keep({ title: 'one', baseline: 'a', derivative: 'b' });
    await keep({ title: 'two', baseline: 'b', derivative: 'c' });
    expect([await titles('model=b'), await titles('model=c'), await titles('model=d'), await titles('model=b&query=one')]).toEqual([
      ['two', 'one'],
      ['two'],
      [],
      ['one'],
    ]);
  });

  it('are renamed, and are found by the new name alone', async () => {
    const { id } = await keep();
    const { status, body } = await ask('PATCH', `/api/comparisons/${id}`, { title: 'Trikes' });
    expect([status, body.comparison.title, body.comparison.note]).toEqual([200, 'Trikes', 'After the second epoch.']);
    expect([await titles('query=Trikes'), await titles('query=Bicycles')]).toEqual([['Trikes'], []]);
  });

  it('are gone once they are deleted, with the votes on them', async () => {
    const { id } = await keep();
    await ask('POST', `/api/comparisons/${id}/votes`, { turn: 0, choice: 'derivative' });
    expect((await ask('DELETE', `/api/comparisons/${id}`)).body).toEqual({ status: 'success', id });
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/export?format=md'],
    ] as const) {
      expect((await ask(method, `/api/comparisons/${id}${path}`)).body.error).toMatchObject({ code: 'not_found', param: 'id' });
    }
    expect((await ask('GET', '/api/votes/summary?baseline=old&derivative=new')).body.counts.derivative).toBe(0);
  });

  it.each([
    ['x', { ...keptComparison(), x: 1 }, 'unknown_field'],
    ['title', keptComparison({ title: 'a\0b' }), 'invalid_request'],
    ['title', keptComparison({ title: '\ud83d' }), 'invalid_request'],
    ['title', keptComparison({ title: 'x'.repeat(201) }), 'invalid_request'],
    ['turns', keptComparison({ turns: [] }), 'invalid_request'],
    ['baseline', { ...keptComparison(), baseline: undefined }, 'invalid_request'],
    ['parameters.baseline', { ...keptComparison(), parameters: { baseline: [], derivative: {} } }, 'invalid_request'],
    ['turns[0].prompt', keptComparison({ turns: [{ prompt: ' ', baseline: keptAnswer('a', ''), derivative: keptAnswer('b', '') }] }), 'invalid_request'],
    ['turns[0].derivative', { ...keptComparison(), turns: [{ prompt: 'x', baseline: keptAnswer('a', '') }] }, 'invalid_request'],
    [
      'turns[0].baseline.seed',
      keptComparison({ turns: [{ prompt: 'x', baseline: keptAnswer('a', '', { seed: -1 }), derivative: keptAnswer('b', '') }] }),
      'invalid_request',
    ],
    [
      'turns[0].baseline.identity.deep[1]',
      keptComparison({ turns: [{ prompt: 'x', baseline: keptAnswer('a', '', { identity: { deep: ['', '\0'] } }), derivative: keptAnswer('b', '') }] }),
      'invalid_request',
    ],
    [
      'turns[0].baseline.y',
      { ...keptComparison(), turns: [{ prompt: 'x', baseline: { ...keptAnswer('a', ''), y: 1 }, derivative: keptAnswer('b', '') }] },
      'unknown_field',
    ],
  ])('are refused where %s is not right', async (param, body, code) => {
    const { status, body: answer } = await ask('POST', '/api/comparisons', body);
    expect([status, answer.error.code, answer.error.param]).toEqual([400, code, param]);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'query=a%00b', 'sort=id'])('are not listed with %s', async (query) => {
    expect((await ask('GET', `/api/comparisons?${query}`)).status).toBe(400);
  });

  it('are kept, or not, as a whole when many come at once', async () => {
    const kept = await Promise.all(Array.from({ length: 20 }, (__, number) => keep({ title: `number ${number}` })));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(20);
    expect(await titles('limit=100')).toHaveLength(20);
  });

  it('count one vote of each voter on each turn, however many come at once', async () => {
    const { id } = await keep();
    const [one, other] = [apiClient(server.origin), apiClient(server.origin)];
    const vote = { turn: 0, choice: 'derivative' };
    expect((await one('POST', `/api/comparisons/${id}/votes`, { ...vote, turn: 1 })).headers.get('set-cookie')).toMatch(
      /^tandem_voter=[\w-]{22};.*HttpOnly; SameSite=Strict$/,
    );
    await other('POST', `/api/comparisons/${id}/votes`, { ...vote, turn: 1, choice: 'tie' });
    const at = await Promise.all([one, other, one, other, one].map((voter) => voter('POST', `/api/comparisons/${id}/votes`, vote)));
    expect(at.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409]);
    expect((await ask('GET', '/api/votes/summary?baseline=old&derivative=new')).body.counts).toEqual({ baseline: 0, derivative: 3, tie: 1, both_bad: 0 });
  });

  it('count one vote of two tabs that have read it and vote at once for the first time', async () => {
    const { id } = await keep();
    const tab = apiClient(server.origin);
    await tab('GET', `/api/comparisons/${id}`);
    const votes = await Promise.all(['baseline', 'derivative'].map((choice) => tab('POST', `/api/comparisons/${id}/votes`, { turn: 0, choice })));
    expect(votes.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await ask('GET', '/api/votes/summary?baseline=old&derivative=new')).body.decisive).toBe(1);
  });

  it('tell the votes on each turn, and those of who asks', async () => {
    const { id } = await keep();
    const [one, other] = [apiClient(server.origin), apiClient(server.origin)];
    await one('POST', `/api/comparisons/${id}/votes`, { turn: 1, choice: 'tie' });
    await other('POST', `/api/comparisons/${id}/votes`, { turn: 1, choice: 'derivative' });
    const none = { baseline: 0, derivative: 0, tie: 0, both_bad: 0 };
    expect((await one('GET', `/api/comparisons/${id}/votes`)).body.votes).toEqual([
      { turn: 0, counts: none, yours: null },
      { turn: 1, counts: { ...none, tie: 1, derivative: 1 }, yours: 'tie' },
    ]);
    expect((await one('GET', '/api/comparisons/x/votes')).status).toBe(404);
  });

  it('have votes that are changed, by who cast them', async () => {
    const { id } = await keep();
    const [one, other] = [apiClient(server.origin), apiClient(server.origin)];
    await one('POST', `/api/comparisons/${id}/votes`, { turn: 0, choice: 'derivative', blind: true });
    const changed = await one('PUT', `/api/comparisons/${id}/votes`, { turn: 0, choice: 'both_bad' });
    expect([changed.status, changed.body.vote]).toEqual([200, expect.objectContaining({ turn: 0, choice: 'both_bad', blind: true })]);
    expect((await other('PUT', `/api/comparisons/${id}/votes`, { turn: 0, choice: 'tie' })).status).toBe(404);
    const counts = async (blind: string) => (await ask('GET', `/api/votes/summary?baseline=old&derivative=new&blind=${blind}`)).body.counts.both_bad;
    expect([await counts('true'), await counts('false')]).toEqual([1, 0]);
  });

  it.each([
    [{ turn: 2, choice: 'tie' }, 'turn'],
    [{ turn: -1, choice: 'tie' }, 'turn'],
    [{ turn: 0, choice: 'left' }, 'choice'],
    [{ turn: 0, choice: 'tie', blind: 'yes' }, 'blind'],
  ])('have no vote %j', async (vote, param) => {
    const { id } = await keep();
    expect((await ask('POST', `/api/comparisons/${id}/votes`, vote)).body.error).toMatchObject({ code: 'invalid_request', param });
  });

  it('come to what the reference says of 30 of 40 votes', async () => {
    const { id } = await keep();
    const choices = [
      ...Array<string>(30).fill('derivative'),
      ...Array<string>(10).fill('baseline'),
      ...Array<string>(15).fill('tie'),
      ...Array<string>(5).fill('both_bad'),
    ];
    await Promise.all(choices.map((choice) => apiClient(server.origin)('POST', `/api/comparisons/${id}/votes`, { turn: 0, choice })));
    const { body } = await ask('GET', '/api/votes/summary?baseline=old&derivative=new');
    expect(body).toMatchObject({
      counts: { baseline: 10, derivative: 30, tie: 15, both_bad: 5 },
      decisive: 40,
      win_rate: 0.75,
      decided: 'derivative',
      needed_more: 0,
    });
    expect([body.interval.low, body.interval.high].map((bound) => bound.toFixed(4))).toEqual(['0.5117', '0.9144']);
    expect(body.evidence).toBeCloseTo(31.637, 3);
  });

  it('are exported as a whole, and deleted as a whole', async () => {
    const { id } = await keep();
    await ask('POST', `/api/comparisons/${id}/votes`, { turn: 0, choice: 'tie' });
    const lines = (await ask('GET', '/api/store/export')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ table }) => table)).toEqual(['comparisons', 'comparison_turns', 'comparison_turns', 'votes']);
    expect((await ask('DELETE', '/api/store')).body).toEqual({ status: 'success', rows: 4 });
    expect((await ask('GET', '/api/store/export')).text).toBe('');
  });
});

describe('a voter', () => {
  it('is whom a token stands for, wherever it comes from', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voters-'));
    const server = await startServer(folder, { ACCESS_TOKENS: 'first-token,other-token' });
    const [one, again, other] = ['first-token', 'first-token', 'other-token'].map((token) => apiClient(server.origin, { Authorization: `Bearer ${token}` }));
    const { id } = (await one!('POST', '/api/comparisons', keptComparison())).body.comparison;
    const vote = { turn: 0, choice: 'tie' };
    const cast = await one!('POST', `/api/comparisons/${id}/votes`, vote);
    expect([cast.status, cast.headers.get('set-cookie')]).toEqual([201, null]);
    expect((await again!('POST', `/api/comparisons/${id}/votes`, vote)).status).toBe(409);
    expect((await other!('POST', `/api/comparisons/${id}/votes`, vote)).status).toBe(201);
    expect((await apiClient(server.origin)('GET', `/api/comparisons/${id}`)).status).toBe(401);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});
