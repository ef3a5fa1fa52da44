import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { parseEnvironment } from '@tandem/api/config';
import { closeAfterEach, guardLeaks } from '@tandem/testing';
import { type Kysely } from 'kysely';
import { SqliteDatabase } from '../sqlite/sqlite-database';
import { Store } from '../store';
import { type StoreSchema } from '../store-schema';
import { describeOverDatabases, WORKER } from '../testing';
import { copyStore } from './copy-store';
import { StoreContents } from './store-contents';
import { Retention } from './retention';
import { TableDigest } from './table-digest';
import { rowsOf } from './table-rows';

interface Tables {
  walks: { id: string; begun_at: number; code: string | null; ended_at: number | null };
  steps: { walk: string; number: number };
}

const WALKS: StoreSchema = {
  tables: [
    { name: 'walks', key: ['id'], ageFrom: 'begun_at', secret: { columns: ['code'], until: 'ended_at' } },
    { name: 'steps', key: ['walk', 'number'] },
  ],
  migrations: {
    '1': async (db) => {
      await db.schema
        .createTable('walks')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('begun_at', 'bigint', (column) => column.notNull())
        .addColumn('code', 'text')
        .addColumn('ended_at', 'bigint')
        .execute();
      await db.schema
        .createTable('steps')
        .addColumn('walk', 'text', (column) => column.notNull().references('walks.id').onDelete('cascade'))
        .addColumn('number', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('steps_key', ['walk', 'number'])
        .execute();
    },
  },
};

const defer = closeAfterEach();
beforeEach(() => Logger.overrideLogger(false));

/** Two walks of `steps` steps each. */
async function fill(store: Store, steps: number): Promise<void> {
  await store.use<Tables, void>(async (db) => {
    await db
      .insertInto('walks')
      .values([
        { id: 'a', begun_at: 1_000, code: 'open', ended_at: 2_000 },
        { id: 'b', begun_at: 5_000, code: 'hidden', ended_at: null },
      ])
      .execute();
    for (const walk of ['b', 'a']) for (let number = steps; number > 0; number -= 1) await db.insertInto('steps').values({ walk, number }).execute();
  });
}

async function pages(store: Store, atOnce: number): Promise<readonly (readonly string[])[]> {
  return store.use<Tables, string[][]>(async (db) => {
    const read: string[][] = [];
    for await (const rows of rowsOf(db as unknown as Kysely<unknown>, { name: 'steps', key: ['walk', 'number'] }, atOnce)) {
      read.push(rows.map(({ walk, number }) => `${walk}${number}`));
    }
    return read;
  });
}

async function linesOf(store: Store): Promise<readonly unknown[]> {
  let text = '';
  for await (const piece of new StoreContents(store).lines()) text += piece;
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
}

describeOverDatabases('all that is kept', [WALKS], (open) => {
  it.each([
    [1, [['a1'], ['a2'], ['b1'], ['b2']]],
    [
      2,
      [
        ['a1', 'a2'],
        ['b1', 'b2'],
      ],
    ],
    [3, [['a1', 'a2', 'b1'], ['b2']]],
    [5, [['a1', 'a2', 'b1', 'b2']]],
  ])('is read %i rows at a time, in the order of all of a key', async (atOnce, expected) => {
    const store = open();
    await fill(store, 2);
    expect(await pages(store, atOnce)).toEqual(expected);
  });

  it('is told row by row, but for what is secret until then', async () => {
    const store = open();
    await fill(store, 1);
    expect(await linesOf(store)).toEqual([
      { table: 'walks', row: { id: 'a', begun_at: 1_000, code: 'open', ended_at: 2_000 } },
      { table: 'walks', row: { id: 'b', begun_at: 5_000, ended_at: null } },
      { table: 'steps', row: { walk: 'a', number: 1 } },
      { table: 'steps', row: { walk: 'b', number: 1 } },
    ]);
  });

  it('is deleted and counted, and the store goes on', async () => {
    const store = open();
    await fill(store, 2);
    expect(await new StoreContents(store).clear()).toBe(6);
    expect([await linesOf(store), await new StoreContents(store).clear()]).toEqual([[], 0]);
    await fill(store, 1);
    expect(await linesOf(store)).toHaveLength(4);
  });

  it('is forgotten by its age, with what belongs to it, and what is exactly as old stays', async () => {
    const store = open();
    await fill(store, 2);
    const contents = new StoreContents(store);
    expect(await contents.forget(1_000)).toBe(0);
    expect(await contents.forget(1_001)).toBe(1);
    expect(await pages(store, 9)).toEqual([['b1', 'b2']]);
  });

  it('is copied into another database, whole and the same', async () => {
    const store = open();
    await fill(store, 150);
    const folder = mkdtempSync(join(tmpdir(), 'copy-'));
    defer(() => rmSync(folder, { recursive: true, force: true }));
    const copy = new Store(new SqliteDatabase(folder, WORKER), [WALKS]);
    defer(() => copy.close());
    expect((await copyStore(store, copy)).map(({ name, rows }) => [name, rows])).toEqual([
      ['walks', 2],
      ['steps', 300],
    ]);
    expect(await linesOf(copy)).toEqual(await linesOf(store));
    await expect(copyStore(store, copy)).rejects.toThrow('walks is not empty: copy into a new database.');
    expect(await linesOf(copy)).toHaveLength(302);
  });
});

describe('what has grown too old', () => {
  const DAY_MS = 86_400_000;

  function setup() {
    const folder = mkdtempSync(join(tmpdir(), 'old-'));
    defer(() => rmSync(folder, { recursive: true, force: true }));
    const store = new Store(new SqliteDatabase(join(folder, 'data'), WORKER), [WALKS]);
    defer(() => store.close());
    const keeping = (days: number): Retention => {
      const retention = new Retention(store, new StoreContents(store), parseEnvironment({ RETENTION_DAYS: `${days}` }));
      defer(() => retention.onModuleDestroy());
      return retention;
    };
    return { folder, store, keeping };
  }

  it.each([
    [0, 4],
    [1, 2],
    [2, 4],
  ])('with %i days to keep goes when it is looked at: %i rows stay', async (days, rows) => {
    const { store, keeping } = setup();
    await fill(store, 1);
    await keeping(days).sweep(DAY_MS + 1_001);
    expect(await linesOf(store)).toHaveLength(rows);
  });

  it('is let be while nothing can be kept', async () => {
    const { folder, keeping } = setup();
    writeFileSync(join(folder, 'data'), '');
    await expect(keeping(1).sweep(DAY_MS)).resolves.toBeUndefined();
  });
});

describe('the digest of a table', () => {
  const digest = (...rows: readonly Readonly<Record<string, string | number | null>>[]): string => {
    const table = new TableDigest();
    for (const row of rows) table.add(row);
    return `${table.rows} ${table.checksum}`;
  };
  const [one, other] = [
    { id: 'a', at: 1 },
    { id: 'b', at: 2 },
  ];

  it('is the same in whichever order rows and columns come', () => {
    expect(digest(one, other)).toBe(digest({ at: 2, id: 'b' }, { at: 1, id: 'a' }));
  });

  it.each([
    ['a row is missing', [one]],
    ['one is there twice', [one, other, other]],
    ['one is there in the place of another', [one, one]],
    [
      'values are exchanged',
      [
        { ...one, at: 2 },
        { ...other, at: 1 },
      ],
    ],
    ['a number has become text', [one, { id: 'b', at: '2' }]],
    ['a value is gone', [one, { id: 'b', at: null }]],
  ])('is another where %s', (_, rows) => {
    expect(digest(...rows)).not.toBe(digest(one, other));
  });

  it('is 64 digits, also of nothing', () => {
    expect([digest(), digest(one)]).toEqual([`0 ${'0'.repeat(64)}`, expect.stringMatching(/^1 [0-9a-f]{64}$/)]);
  });
});

guardLeaks();
