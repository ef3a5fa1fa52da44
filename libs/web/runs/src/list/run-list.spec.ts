import type { RunCard, RunState } from '@tandem/shared/contracts';
import { RunFailure } from '@tandem/web/data-access';
import { RunList } from './run-list';

const run = (id: string, state: RunState = 'done') => ({ id, state }) as RunCard;
const refused = (message: string) => new RunFailure({ code: 'conflict', message, retryable: false });

/** Newest first, two a page; ids grow with time. */
function setup(...runs: RunCard[]) {
  let all = runs;
  let fault: Error | undefined;
  let onItsWay = Promise.resolve();
  const list = new RunList({
    list: async (cursor) => {
      if (fault) throw fault;
      const from = Number(cursor ?? 0);
      const page = { runs: all.slice(from, from + 2), next_cursor: from + 2 < all.length ? `${from + 2}` : null };
      await onItsWay;
      return page;
    },
    remove: async (id) => {
      if (all.find((each) => each.id === id)?.state === 'running') throw refused('It is at work.');
      all = all.filter((each) => each.id !== id);
    },
  });
  /** Answers stay on their way from now on, until the function it gives is called. */
  const holdAnswers = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    onItsWay = promise;
    return resolve;
  };
  return { list, ids: () => list.runs()?.map(({ id }) => id), become: (...now: RunCard[]) => (all = now), fail: (why?: Error) => (fault = why), holdAnswers };
}

describe('RunList', () => {
  it('reads the runs page by page', async () => {
    const { list, ids } = setup(run('c'), run('b'), run('a'));
    await list.load();
    expect([ids(), list.hasMore()]).toEqual([['c', 'b'], true]);
    await list.more();
    expect([ids(), list.hasMore()]).toEqual([['c', 'b', 'a'], false]);
  });

  it('keeps the older ones when it looks at the newest again', async () => {
    const { list, ids, become } = setup(run('d', 'running'), run('c'), run('b'), run('a'));
    await list.load();
    await list.more();
    expect(list.isMoving()).toBe(true);
    become(run('e'), run('d'), run('c'), run('b'), run('a'));
    await list.look();
    expect([ids(), list.isMoving()]).toEqual([['e', 'd', 'c', 'b', 'a'], false]);
  });

  it('does not move while all are over or paused', async () => {
    const { list } = setup(run('b', 'paused'), run('a', 'failed'));
    await list.load();
    expect(list.isMoving()).toBe(false);
  });

  it('says why there are none to know of, and leaves what it knows where it cannot look', async () => {
    const { list, ids, fail } = setup(run('a'));
    fail(refused('Nothing can be kept.'));
    await list.load();
    expect([ids(), list.fault()?.message]).toEqual([undefined, 'Nothing can be kept.']);
    fail();
    await list.load();
    fail(refused('Gone.'));
    await list.look();
    expect([ids(), list.fault()]).toEqual([['a'], undefined]);
  });

  it('takes out what was deleted, and says why something was not', async () => {
    const { list, ids } = setup(run('b', 'running'), run('a'));
    await list.load();
    expect([await list.remove('b'), list.refusal(), ids()]).toEqual([false, 'It is at work.', ['b', 'a']]);
    expect([await list.remove('a'), list.refusal(), ids()]).toEqual([true, '', ['b']]);
  });

  it('does not bring back what was deleted while it looked', async () => {
    const { list, ids, holdAnswers } = setup(run('b', 'running'), run('a'));
    await list.load();
    const letGo = holdAnswers();
    const looked = list.look();
    await list.remove('a');
    letGo();
    await looked;
    expect(ids()).toEqual(['b']);
  });

  it('shows a page once, however often it is asked for meanwhile', async () => {
    const { list, ids, holdAnswers } = setup(run('c'), run('b'), run('a'));
    await list.load();
    const letGo = holdAnswers();
    const asked = [list.more(), list.more()];
    letGo();
    await Promise.all(asked);
    expect(ids()).toEqual(['c', 'b', 'a']);
  });

  it('looks once at a time, so that no earlier answer comes after a later one', async () => {
    const { list, holdAnswers } = setup(run('b', 'running'), run('a'));
    await list.load();
    const letGo = holdAnswers();
    expect(list.look()).toBe(list.look());
    letGo();
  });
});
