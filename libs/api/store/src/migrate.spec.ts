import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { Store } from './store';
import { migrationsOf, type StoreMigration, type StoreSchema } from './store-schema';
import { describeOverDatabases } from './testing';

beforeEach(() => Logger.overrideLogger(false));

const creating =
  (table: string): StoreMigration =>
  (db) =>
    db.schema.createTable(table).addColumn('id', 'text').execute();
const schema = (migrations: Readonly<Record<string, StoreMigration>>): StoreSchema => ({ tables: [], migrations });
const count = (store: Store, table: string): Promise<number> =>
  store.use(async (db) => Number((await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db)).rows[0]?.count));

describeOverDatabases('migrations', [], (_, under) => {
  const stores: Store[] = [];
  const open = (...schemas: readonly StoreSchema[]): Store => {
    const store = new Store(under().database(), schemas);
    stores.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });

  it('are run in the order of their names, whichever room they are of', async () => {
    const order: string[] = [];
    const noting = (name: string): StoreSchema => schema({ [name]: async () => void order.push(name) });
    await open(noting('2026-01-02-1-b'), noting('2026-01-01-1-a'), noting('2026-01-02-2-c')).start();
    expect(order).toEqual(['2026-01-01-1-a', '2026-01-02-1-b', '2026-01-02-2-c']);
  });

  it('of a later release are run over what an earlier one has kept', async () => {
    const first = schema({ '1': creating('things') });
    const before = open(first);
    await before.use((db) => sql`insert into things (id) values ('kept')`.execute(db));
    await before.close();
    const after = open(first, schema({ '2': creating('others') }));
    expect([await count(after, 'things'), await count(after, 'others')]).toEqual([1, 0]);
  });

  it('leave nothing where one fails, not even those before it, and are all run once it is mended', async () => {
    let isMended = false;
    const failing = schema({
      '1': creating('things'),
      '2': async (db) => {
        await creating('others')(db);
        if (!isMended) throw new Error('no');
      },
    });
    const store = open(failing);
    await expect(count(store, 'things')).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('the database could not be prepared; the log has the details'),
      retryAfterSeconds: 60,
    });
    isMended = true;
    await store.start();
    expect([await count(store, 'things'), await count(store, 'others')]).toEqual([0, 0]);
  });

  it('are run once where several servers start at once', async () => {
    let runs = 0;
    const counting = schema({
      '1': async (db) => {
        runs += 1;
        await creating('things')(db);
      },
    });
    const servers = [open(counting), open(counting), open(counting)];
    await Promise.all(servers.map((store) => store.start()));
    // one alone may have a folder; a server of databases is shared
    expect(servers.filter(({ status }) => status.state === 'ready')).toHaveLength(under().database().kind === 'sqlite' ? 1 : 3);
    expect(runs).toBe(1);
  });
});

describe('the migrations of all rooms', () => {
  it('are one list', () => {
    expect(Object.keys(migrationsOf([schema({ '2': creating('b') }), schema({ '1': creating('a'), '3': creating('c') })])).sort()).toEqual(['1', '2', '3']);
  });

  it('are refused where two rooms have one name', () => {
    expect(() => migrationsOf([schema({ '1': creating('a') }), schema({ '1': creating('b') })])).toThrow('Two rooms have a migration called 1.');
  });
});
