import { Logger } from '@nestjs/common';
import { type Kysely, type Transaction } from 'kysely';
import { type Store } from './store';
import { type StoreSchema } from './store-schema';
import { describeOverDatabases } from './testing';

interface Tables {
  things: { id: string };
}

const THINGS: StoreSchema = {
  tables: [{ name: 'things', key: ['id'] }],
  migrations: {
    '1': (db) =>
      db.schema
        .createTable('things')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .execute(),
  },
};

beforeEach(() => Logger.overrideLogger(false));

const insert = (db: Kysely<Tables>, id: string): Promise<unknown> => db.insertInto('things').values({ id }).execute();
const idsIn = async (db: Kysely<Tables>): Promise<readonly string[]> => (await db.selectFrom('things').selectAll().orderBy('id').execute()).map(({ id }) => id);
const ids = (store: Store): Promise<readonly string[]> => store.use<Tables, readonly string[]>(idsIn);
const within = (store: Store, work: (only: Transaction<Tables>) => Promise<void>): Promise<void> =>
  store.use<Tables, void>((db) => db.transaction().execute(work));

describeOverDatabases('a transaction', [THINGS], (open) => {
  it('is seen whole or not at all by who asks meanwhile', async () => {
    const store = open();
    const seen: Promise<readonly string[]>[] = [];
    await within(store, async (only) => {
      await insert(only, 'one');
      seen.push(ids(store));
      expect(await idsIn(only)).toEqual(['one']);
      await insert(only, 'two');
    });
    expect([[], ['one', 'two']]).toContainEqual(await seen[0]);
    expect(await ids(store)).toEqual(['one', 'two']);
  });

  it('keeps what it did where another one fails at the same time', async () => {
    const store = open();
    const failing = within(store, async (only) => {
      await insert(only, 'failed');
      throw new Error('no');
    });
    const others = ['a', 'b', 'c'].map((id) =>
      within(store, async (only) => {
        await insert(only, `${id}1`);
        await insert(only, `${id}2`);
      }),
    );
    const [first, ...rest] = await Promise.allSettled([failing, ...others]);
    expect([first.status, ...rest.map(({ status }) => status)]).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(await ids(store)).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
  });

  it('has none within it: who asks for one is told, and what it did is undone', async () => {
    const store = open();
    const nested = within(store, async (only) => {
      await insert(only, 'one');
      const unaware: Kysely<Tables> = only;
      await unaware.transaction().execute((inner) => insert(inner, 'two'));
    });
    await expect(nested).rejects.toThrow('not supported');
    expect([await ids(store), store.status.state]).toEqual([[], 'ready']);
  });

  it('is undone by a query that fails, with what came before it, and the next one begins anew', async () => {
    const store = open();
    const failing = within(store, async (only) => {
      await insert(only, 'one');
      await insert(only, 'one');
    });
    await expect(failing).rejects.not.toMatchObject({ code: 'store_unavailable' });
    await within(store, async (only) => void (await insert(only, 'two')));
    expect(await ids(store)).toEqual(['two']);
  });
});
