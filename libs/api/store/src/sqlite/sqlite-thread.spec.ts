import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closeAfterEach, guardLeaks } from '@tandem/testing';
import { WORKER } from '../testing';
import { SqliteThread } from './sqlite-thread';

const defer = closeAfterEach();

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'thread-'));
  defer(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function start(inside = folder(), entry = WORKER): SqliteThread {
  const message = { file: join(inside, 'file'), lockFile: join(inside, 'lock'), migrationTable: 'run', migrations: ['one'] };
  const thread = new SqliteThread(entry, message);
  defer(() => thread.close());
  return thread;
}

async function opened() {
  const thread = start();
  expect(await thread.opened).toEqual({ refusal: 'none' });
  await thread.run('create table things (id integer primary key, at real, name text, bytes blob)', []);
  return thread;
}

describe('the thread that holds the file', () => {
  it('gives what it was given, as it was', async () => {
    const thread = await opened();
    await thread.run('insert into things values (?, ?, ?, ?)', [7, 0.1, 'a👩‍👩‍👧\u0001', new Uint8Array([0, 255])]);
    await thread.run('insert into things values (?, ?, ?, ?)', [8n, null, '', null]);
    const { rows } = await thread.run('select * from things order by id', []);
    expect(rows).toEqual([
      { id: 7, at: 0.1, name: 'a👩‍👩‍👧\u0001', bytes: new Uint8Array([0, 255]) },
      { id: 8, at: null, name: '', bytes: null },
    ]);
  });

  it('counts the rows that it changed, or that it gives', async () => {
    const thread = await opened();
    const changes = async (sql: string): Promise<number> => Number((await thread.run(sql, [])).changes);
    expect(await changes('insert into things (id) values (1), (2), (3)')).toBe(3);
    expect(await changes('update things set at = 1 where id > 1')).toBe(2);
    expect(await changes('select * from things')).toBe(3);
    expect(await changes('delete from things where id = 1 returning id')).toBe(1);
    expect(await changes('delete from things where id = 1')).toBe(0);
  });

  it('takes one query after the other, in the order in which they were asked', async () => {
    const thread = await opened();
    const asked = Array.from({ length: 50 }, (_, id) =>
      thread.run('insert into things (id) values (?) returning (select count(*) from things) as count', [id]),
    );
    expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.['count'])).toEqual(asked.map((_, id) => id + 1));
  });

  it('says of a query that is wrong what SQLite says, without the extensions of its code', async () => {
    const thread = await opened();
    await thread.run('insert into things (id) values (1)', []);
    await expect(thread.run('insert into things (id) values (1)', [])).rejects.toMatchObject({ name: 'SqliteError', errcode: 19, message: /UNIQUE/ });
    await expect(thread.run('nonsense', [])).rejects.toMatchObject({ errcode: 1 });
    expect((await thread.run('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
  });

  it('answers what was asked before it was closed, and nothing after', async () => {
    const thread = await opened();
    const before = thread.run('select 1 as one', []);
    await Promise.all([thread.close(), thread.close()]);
    expect((await before).rows).toEqual([{ one: 1 }]);
    await expect(thread.run('select 1', [])).rejects.toThrow('The thread that holds the file has ended.');
  });

  it('lets go of the file when it is closed, and leaves nothing to be written', async () => {
    const inside = folder();
    const first = start(inside);
    expect(await first.opened).toEqual({ refusal: 'none' });
    expect(await start(inside).opened).toEqual({ refusal: 'in_use' });
    await first.run('create table things (id)', []);
    await first.run('pragma application_id = 7', []);
    await first.close();
    expect(await start(inside).opened).toEqual({ refusal: 'foreign' });
  });

  it('fails what waits for it when it ends by itself', async () => {
    const inside = folder();
    const entry = join(inside, 'ends.mjs');
    writeFileSync(
      entry,
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1)); parentPort.postMessage({ refusal: 'none' });",
    );
    const thread = start(inside, pathToFileURL(entry));
    await thread.opened;
    await expect(Promise.all([thread.run('select 1', []), thread.run('select 2', [])])).rejects.toThrow('The thread that holds the file has ended.');
  });

  it('says so where it cannot be started', async () => {
    const inside = folder();
    const thread = start(inside, pathToFileURL(join(inside, 'nowhere.mjs')));
    expect(await thread.opened).toMatchObject({ refusal: 'error', error: { errcode: undefined, message: expect.stringContaining('nowhere.mjs') } });
  });
});

guardLeaks();
