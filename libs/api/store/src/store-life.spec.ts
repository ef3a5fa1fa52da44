import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { closeAfterEach, guardLeaks } from '@tandem/testing';
import { sql } from 'kysely';
import { SqliteDatabase } from './sqlite/sqlite-database';
import { Store } from './store';
import { type StoreSchema } from './store-schema';
import { WORKER } from './testing';

const THINGS: StoreSchema = {
  tables: [],
  migrations: { '1': (db) => db.schema.createTable('things').addColumn('id', 'text').execute() },
};
const defer = closeAfterEach();

function setup() {
  const said: string[] = [];
  const note = (words: unknown): void => void said.push(typeof words === 'string' ? words : (words as { msg: string }).msg);
  Logger.overrideLogger({ log: note, warn: note, error: note });
  const folder = mkdtempSync(join(tmpdir(), 'life-'));
  const blocked = join(folder, 'data');
  defer(() => rmSync(folder, { recursive: true, force: true }));
  const open = (): Store => {
    const store = new Store(new SqliteDatabase(blocked, WORKER), [THINGS]);
    defer(() => store.close());
    return store;
  };
  const store = open();
  const openings: number[] = [];
  store.openings.subscribe(() => openings.push(said.length));
  const run = (query: string) => store.use((db) => sql.raw(query).execute(db));
  const fault = (query: string): Promise<unknown> => run(query).catch((thrown: unknown) => thrown);
  return { said, blocked, store, open, openings, run, fault };
}

describe('the store', () => {
  it('opens with the first that asks, where it was not opened with the server', async () => {
    const { store, openings, run } = setup();
    expect(store.status).toEqual({ kind: 'sqlite', state: 'opening', reason: null });
    expect((await run('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect([store.status, openings.length]).toEqual([{ kind: 'sqlite', state: 'ready', reason: null }, 1]);
  });

  it('opens once, whoever asks meanwhile', async () => {
    const { store, said, run } = setup();
    store.onApplicationBootstrap();
    await Promise.all([store.start(), run('select 1'), run('select 2'), store.start()]);
    expect(said).toHaveLength(1);
  });

  it('is off where it cannot open, says why once, and is on again when it can', async () => {
    const { blocked, store, said, openings, run, fault } = setup();
    writeFileSync(blocked, '');
    expect(await fault('select 1')).toMatchObject({ code: 'store_unavailable', retryable: true });
    await store.start();
    expect(store.status).toMatchObject({ state: 'off', reason: expect.stringContaining('cannot be written to (EEXIST)') });
    expect(said).toEqual([expect.stringMatching(/^Nothing can be kept: .*\.$/)]);
    rmSync(blocked);
    await store.start();
    expect((await run('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect([store.status.reason, openings, said.length]).toEqual([null, [2], 2]);
  });

  it('does not keep anything in a file that was removed, and goes on in a new one', async () => {
    const { store, blocked, run, fault } = setup();
    await run("insert into things (id) values ('gone')");
    rmSync(blocked, { recursive: true });
    expect(await fault("insert into things (id) values ('lost')")).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('was removed or replaced'),
    });
    await store.start();
    await run("insert into things (id) values ('kept')");
    expect((await run('select id from things')).rows).toEqual([{ id: 'kept' }]);
  });

  it('keeps nobody waiting for another try while it is off', async () => {
    const { blocked, store, fault } = setup();
    writeFileSync(blocked, '');
    await store.start();
    rmSync(blocked);
    const trying = store.start();
    expect(store.status.state).toBe('off');
    expect(await fault('select 1')).toMatchObject({ code: 'store_unavailable' });
    await trying;
    expect(store.status.state).toBe('ready');
  });

  it('has what it kept while there is no room for more, says so once, and looks for room', async () => {
    const { store, said, openings, run, fault } = setup();
    await run("insert into things values ('kept')");
    // SQLite then fails as it does on a full disk
    await run('pragma max_page_count = 1');
    const large = `insert into things values ('${'x'.repeat(100_000)}')`;
    for (let time = 0; time < 2; time += 1) {
      expect(await fault(large)).toMatchObject({ code: 'store_unavailable', message: expect.stringContaining('is full: make room'), retryAfterSeconds: 5 });
      expect(store.status).toMatchObject({ state: 'off', reason: expect.stringContaining('is full: make room') });
      expect((await run('select * from things')).rows).toEqual([{ id: 'kept' }]);
    }
    await run('pragma max_page_count = 1000');
    await store.start();
    expect(store.status).toMatchObject({ state: 'ready', reason: null });
    await run(large);
    expect([openings.length, said.slice(1)]).toEqual([
      1,
      [expect.stringMatching(/^Nothing can be kept: .* is full/), expect.stringMatching(/^There is room again in /)],
    ]);
  });

  it('looks for no room once it is closed', async () => {
    const { store, run, fault } = setup();
    await run('pragma max_page_count = 1');
    await fault(`insert into things values ('${'x'.repeat(100_000)}')`);
    const looking = store.start();
    await store.close();
    await looking;
    expect(store.status).toEqual({ kind: 'sqlite', state: 'opening', reason: null });
  });

  it('is off while the disk is only to be read, and has what it kept when it is on again', async () => {
    const reason = 'cannot be written to: let the user that Tandem runs as write there';
    const { store, run, fault } = setup();
    await run("insert into things values ('kept')");
    await run('pragma query_only = 1');
    expect(await fault(`insert into things values ('${'x'.repeat(100_000)}')`)).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining(reason),
      retryAfterSeconds: 5,
    });
    expect(store.status).toMatchObject({ state: 'off', reason: expect.stringContaining(reason) });
    await store.start();
    expect((await run('select * from things')).rows).toEqual([{ id: 'kept' }]);
  });

  it.each([
    ['cannot be bound', (store: Store) => store.use((db) => sql`select ${['a']}`.execute(db))],
    ['cannot be sent', (store: Store) => store.use((db) => sql`select ${() => 1}`.execute(db))],
    ['is too large a number', (store: Store) => store.use((db) => sql`select 9007199254740993`.execute(db))],
  ])('leaves a value that %s to who asked, and goes on', async (_, ask) => {
    const { store } = setup();
    await store.start();
    await expect(ask(store)).rejects.not.toMatchObject({ code: 'store_unavailable' });
    expect(store.status.state).toBe('ready');
  });

  it('answers what was asked before it is closed, and says to others that the server goes', async () => {
    const { store, run, fault } = setup();
    await store.start();
    const before = run('select 1 as one');
    await Promise.all([store.close(), store.close()]);
    expect((await before).rows).toEqual([{ one: 1 }]);
    expect(await fault('select 1')).toMatchObject({ code: 'store_unavailable', message: expect.stringContaining('the server is shutting down') });
  });

  it('is closed behind what takes several queries, and has all of them', async () => {
    const { store, open } = setup();
    let closing: Promise<void> | undefined;
    await store.use(async (db) => {
      await sql`insert into things values ('one')`.execute(db);
      closing = store.close();
      await sql`insert into things values ('two')`.execute(db);
    });
    await closing;
    expect((await open().use((db) => sql`select * from things`.execute(db))).rows).toEqual([{ id: 'one' }, { id: 'two' }]);
  });

  it('cuts nobody else off when it turns off, and tells them as well where they fail', async () => {
    const { store, run, fault } = setup();
    await run('pragma query_only = 1');
    const states: string[] = [];
    const [reading, writing] = ['select 1 as one', "insert into things values ('two')"].map((last) =>
      store.use(async (db) => {
        await fault("insert into things values ('one')");
        states.push(store.status.state);
        return (await sql.raw(last).execute(db)).rows;
      }),
    );
    const told = Promise.allSettled([reading, writing]);
    expect(await told).toMatchObject([
      { status: 'fulfilled', value: [{ one: 1 }] },
      { status: 'rejected', reason: { code: 'store_unavailable' } },
    ]);
    expect(states).toEqual(['off', 'off']);
  });

  it('does not open any more once it is closed, not even where it was about to', async () => {
    const { store, openings } = setup();
    const opening = store.start();
    await store.onModuleDestroy();
    await opening;
    await store.start();
    expect([store.status.state, openings]).toEqual(['opening', []]);
  });

  it('tries no more once it is closed while it is off', async () => {
    const { blocked, store, said } = setup();
    writeFileSync(blocked, '');
    await store.start();
    await store.close();
    rmSync(blocked);
    await store.start();
    expect(said).toHaveLength(1);
  });
});

guardLeaks();
