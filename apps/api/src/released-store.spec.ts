import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithPostgres, type Postgres, startPostgres } from '@tandem/testing';
import { Client } from 'pg';
import { apiClient, keptComparison } from './testing/kept-comparison';
import { RunsOf } from './testing/runs';
import { type RunningServer, startServer } from './testing/start-server';

/** What a server of the first release that keeps things has written, with something of everything: it stays as it is. */
const released = (kind: 'sqlite' | 'postgres'): string => readFileSync(join(import.meta.dirname, `testing/released-store.${kind}.sql`), 'utf8');
const [COMPARISON, RUN] = ['01a22518-7b01-716e-bb5f-8a080d14901d', '01a22518-9bcd-7270-8f40-0e369d0d53a9'];
const TABLES = ['comparisons', 'comparison_turns', 'votes', 'blinds', 'prompt_sets', 'set_prompts', 'evaluation_runs', 'run_items'];

/** `origin`: of a server that has opened it. */
function readsAll(origin: () => string, sent: string): void {
  it('is opened, with its comparisons and votes', async () => {
    const ask = apiClient(origin());
    const { comparison } = (await ask('GET', `/api/comparisons/${COMPARISON}`)).body;
    expect(comparison).toMatchObject({ title: 'Bicycles', system: 'Be brief.', turns: [{ derivative: { text: 'A bicycle for two. 🚲', seed: 7 } }] });
    expect((await ask('GET', '/api/votes/summary?baseline=old&derivative=new')).body.counts.derivative).toBe(1);
    expect((await ask('GET', '/api/votes/summary?baseline=tandem-tiny-base&derivative=tandem-tiny-chat&blind=true')).body.counts.tie).toBe(1);
  });

  it('is opened, with its runs and their items', async () => {
    const runs = new RunsOf(origin);
    const { state, counts, summary } = await runs.get(RUN);
    expect([state, counts.done, summary.measures[0]?.pass_rate]).toEqual(['done', 2, expect.objectContaining({ value: 0.5, n: 2 })]);
    expect((await runs.items(RUN)).map(({ id }) => id)).toEqual(['hello:1', 'none:1']);
  });

  it('has every row that it had', async () => {
    const lines = (await (await fetch(`${origin()}/api/store/export`)).text()).trim().split('\n');
    const count = (table: string, of: readonly string[], mark: (table: string) => string) => of.filter((line) => line.startsWith(mark(table))).length;
    for (const table of TABLES) {
      const rows = count(table, lines, (name) => `{"table":"${name}"`);
      expect([table, rows]).toEqual([table, count(table, sent.split('\n'), (name) => `INSERT INTO ${name} `)]);
      expect(rows).toBeGreaterThan(0);
    }
  });

  it('is gone on with', async () => {
    const ask = apiClient(origin());
    const { id } = (await ask('POST', '/api/comparisons', keptComparison())).body.comparison;
    expect((await ask('POST', `/api/comparisons/${id}/votes`, { turn: 0, choice: 'derivative' })).status).toBe(201);
    expect((await ask('GET', '/api/comparisons')).body.comparisons.map((row) => row.id)).toEqual([id, COMPARISON]);
    expect((await ask('GET', '/api/votes/summary?baseline=old&derivative=new')).body.counts.derivative).toBe(2);
  });
}

describe('what the first release has kept in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-released-'));
  let server: RunningServer;
  beforeAll(async () => {
    mkdirSync(join(folder, '.tandem'));
    const database = new DatabaseSync(join(folder, '.tandem', 'tandem.sqlite'));
    database.exec(released('sqlite'));
    database.close();
    server = await startServer(folder);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  readsAll(() => server.origin, released('sqlite'));
});

describeWithPostgres('what the first release has kept in PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-released-'));
  let postgres: Postgres;
  let server: RunningServer;
  beforeAll(async () => {
    postgres = await startPostgres();
    const client = new Client(postgres.url);
    await client.connect();
    await client.query(released('postgres'));
    await client.end();
    server = await startServer(folder, { DATABASE_URL: postgres.url });
  });
  afterAll(async () => {
    await server.stop();
    await postgres.close();
    rmSync(folder, { recursive: true });
  });

  readsAll(() => server.origin, released('postgres'));
});
