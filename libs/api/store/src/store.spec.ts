import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { closeAfterEach, describeWithPostgres, guardLeaks, keepFromWriting, startPostgres } from '@tandem/testing';
import { sql } from 'kysely';
import { PostgresDatabase } from './postgres/postgres-database';
import { networkFileSystem } from './sqlite/network-file-systems';
import { SqliteDatabase } from './sqlite/sqlite-database';
import { Store } from './store';
import type { StoreSchema } from './store-schema';
import { describeOverDatabases, WORKER } from './testing';

interface Tables {
  things: { id: string; at: number };
}

let runs = 0;
const THINGS: StoreSchema = {
  tables: [{ name: 'things', key: ['id'] }],
  migrations: {
    '2026-11-28-1-things': async (db) => {
      runs += 1;
      await db.schema
        .createTable('things')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
};
const LATER: StoreSchema = { tables: [], migrations: { '2027-01-01-1-later': async () => undefined } };

const defer = closeAfterEach();
beforeEach(() => {
  runs = 0;
  Logger.overrideLogger(false);
});

const add = (store: Store, id: string, at = 0) => store.use<Tables, unknown>((db) => db.insertInto('things').values({ id, at }).execute());
const all = (store: Store) => store.use<Tables, { id: string; at: number }[]>((db) => db.selectFrom('things').selectAll().orderBy('id').execute());

describeOverDatabases('the store', [THINGS], (open, under) => {
  it('keeps what it is given, and has it when it is opened again', async () => {
    const store = open();
    await add(store, 'one', 1_764_000_000_000);
    await store.close();
    expect(await all(open())).toEqual([{ id: 'one', at: 1_764_000_000_000 }]);
  });

  it('runs a migration once, whoever starts', async () => {
    const store = open();
    await add(store, 'one');
    await store.close();
    await all(open());
    expect(runs).toBe(1);
  });

  it('undoes a transaction that fails', async () => {
    const store = open();
    const failing = store.use<Tables, void>((db) =>
      db.transaction().execute(async (only) => {
        await only.insertInto('things').values({ id: 'one', at: 1 }).execute();
        throw new Error('no');
      }),
    );
    await expect(failing).rejects.toThrow('no');
    expect(await all(store)).toEqual([]);
  });

  it('leaves a query that is wrong to who asked it, and goes on', async () => {
    const store = open();
    await add(store, 'one');
    await expect(add(store, 'one')).rejects.not.toMatchObject({ code: 'store_unavailable' });
    expect(store.status.state).toBe('ready');
    expect(await all(store)).toHaveLength(1);
  });

  it('leaves data of a later release as they are, and says so', async () => {
    const newer = new Store(under().database(), [THINGS, LATER]);
    await add(newer, 'one');
    await newer.close();
    const store = open();
    await expect(all(store)).rejects.toMatchObject({ code: 'store_unavailable', message: expect.stringContaining('later release'), retryAfterSeconds: 60 });
    expect(store.status).toMatchObject({ state: 'off', reason: expect.stringContaining('left as it is') });
  });

  it('does not answer any more once it is closed', async () => {
    const store = open();
    await add(store, 'one');
    await store.close();
    await expect(all(store)).rejects.toMatchObject({ code: 'store_unavailable', message: expect.stringContaining('shutting down') });
  });
});

describe('SQLite', () => {
  function setup() {
    const folder = mkdtempSync(join(tmpdir(), 'store-'));
    defer(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }
  function open(folder: string): Store {
    const store = new Store(new SqliteDatabase(folder, WORKER), [THINGS]);
    defer(() => store.close());
    return store;
  }
  const refusal = (store: Store) => all(store).catch((thrown: unknown) => thrown);

  it('never stops the event loop for a query', async () => {
    const store = open(setup());
    await all(store);
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await store.use((db) => sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000) select count(*) from n`.execute(db));
    isOver = true;
    expect(turns).toBeGreaterThan(100);
  });

  it('is for its user alone to read', async () => {
    const folder = join(setup(), 'data');
    await all(open(folder));
    expect([statSync(folder).mode & 0o777, statSync(join(folder, 'tandem.sqlite')).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('belongs to one server: another says so, and takes over when the first goes', async () => {
    const folder = setup();
    const first = open(folder);
    await add(first, 'one');
    const second = open(folder);
    expect(await refusal(second)).toMatchObject({ code: 'store_unavailable', message: expect.stringContaining('another Tandem keeps its data in') });
    await first.close();
    await second.start();
    expect(await all(second)).toHaveLength(1);
  });

  it.each([
    ['no SQLite at all', () => Buffer.from('this is no database, and long enough to be looked at as one'.repeat(20))],
    ['cut off', (whole: Buffer) => whole.subarray(0, 5000)],
    ['overwritten in the middle', (whole: Buffer) => Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)])],
  ])('leaves a file that is %s as it is, and says so', async (_, spoil) => {
    const folder = setup();
    const file = join(folder, 'tandem.sqlite');
    const first = open(folder);
    await add(first, 'one');
    await first.close();
    writeFileSync(file, spoil(readFileSync(file)));
    const before = readFileSync(file);
    expect(await refusal(open(folder))).toMatchObject({ code: 'store_unavailable', message: expect.stringContaining('is damaged and was left as it is') });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('leaves a database of another program as it is', async () => {
    const folder = setup();
    const first = open(folder);
    await first.use((db) => sql`pragma application_id = 7`.execute(db));
    await first.close();
    expect(await refusal(open(folder))).toMatchObject({ message: expect.stringContaining('was not made by Tandem') });
  });

  it('takes a file that is empty, as a crash in its first moment leaves it', async () => {
    const folder = setup();
    appendFileSync(join(folder, 'tandem.sqlite'), '');
    expect(await all(open(folder))).toEqual([]);
  });

  it('is off where its folder cannot be made', async () => {
    const folder = setup();
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal(open(join(folder, 'file', 'below')))).toMatchObject({ message: expect.stringContaining('cannot be written to (ENOTDIR)') });
  });

  it('is off where it may not write', async () => {
    const folder = setup();
    keepFromWriting(folder, defer);
    const code = process.getuid?.() === 0 ? 'EROFS' : 'EACCES';
    expect(await refusal(open(folder))).toMatchObject({ message: expect.stringContaining(`cannot be written to (${code})`) });
  });

  const canMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
  (canMount ? it : it.skip)('takes nothing while its disk is full, has all that it kept, and goes on when there is room', async () => {
    const folder = join(setup(), 'small');
    mkdirSync(folder);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]).status).toBe(0);
    defer(() => void spawnSync('umount', [folder]));
    const store = open(folder);
    await add(store, 'one');
    writeFileSync(join(folder, 'rest'), Buffer.alloc(4096));
    let kept = 1;
    const more = () => add(store, 'x'.repeat(8_000) + kept);
    const untilRefused = async (write: () => Promise<unknown>): Promise<unknown> => {
      for (let times = 0; times < 200; times += 1) await write();
      return undefined;
    };
    const refusal = { code: 'store_unavailable', message: expect.stringMatching(/^Nothing more can be kept now: the disk with .* is full: make room\.$/) };
    const filling = untilRefused(() => more().then(() => (kept += 1)));
    expect(await filling.catch((thrown: unknown) => thrown)).toMatchObject(refusal);
    // what is smaller than those may fit still
    const rewrite = () =>
      store.use<Tables, unknown>((db) =>
        db
          .updateTable('things')
          .set({ at: (set) => set('at', '+', 1) })
          .where('id', '=', 'one')
          .execute(),
      );
    expect(await untilRefused(rewrite).catch((thrown: unknown) => thrown)).toMatchObject(refusal);
    expect([(await all(store)).length, (await all(store)).at(0)]).toEqual([kept, { id: 'one', at: expect.any(Number) }]);
    await store.start();
    expect(store.status).toMatchObject({ state: 'off', reason: expect.stringContaining('is full: make room') });
    spawnSync('mount', ['-o', 'remount,size=4m', folder]);
    await store.start();
    expect(store.status).toMatchObject({ state: 'ready', reason: null });
    await more();
    expect(await all(store)).toHaveLength(kept + 1);
  });

  it.each([
    [0x6969, 'NFS'],
    [-0xbdb2, undefined],
    [0xff534d42 | 0, 'CIFS'],
    [0xef53, undefined],
  ])('knows the file systems that are no disk: %i is %s', (type, name) => {
    expect(networkFileSystem(type)).toBe(name);
  });
});

describeWithPostgres('PostgreSQL', () => {
  it('is off while it cannot be reached, without a word of its password, and back when it can', async () => {
    const server = await startPostgres();
    defer(() => server.close());
    const url = new URL(server.url);
    url.password = 'open-sesame';
    const store = new Store(new PostgresDatabase(url.href), [THINGS]);
    defer(() => store.close());
    await add(store, 'one');
    await server.crash();
    const fault = await all(store).catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({ code: 'store_unavailable' });
    expect(`${(fault as Error).message} ${store.status.reason}`).not.toContain('sesame');
    await server.restart();
    await store.start();
    expect(await all(store)).toHaveLength(1);
  });

  it('is off where the database does not exist', async () => {
    const server = await startPostgres();
    defer(() => server.close());
    const store = new Store(new PostgresDatabase(`${server.url}-not`), [THINGS]);
    defer(() => store.close());
    await expect(all(store)).rejects.toMatchObject({ code: 'store_unavailable', message: expect.stringContaining('the database does not exist') });
  });
});

guardLeaks();
