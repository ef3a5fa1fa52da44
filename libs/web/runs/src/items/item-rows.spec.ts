import type { RunItem } from '@tandem/shared/contracts';
import { type ItemList, RunFailure } from '@tandem/web/data-access';
import { ItemRows } from './item-rows';

const PAGE = 100;

/** A run of so many items, page by page; `version` is what was answered so far. */
function setup(count: number) {
  let version = 1;
  let isGone = false;
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  let holds = false;
  const items = async (_: string, { sort, filter }: ItemList, cursor: string | null) => {
    asked.push(`${sort} ${filter ?? 'all'} ${cursor ?? 'first'}`);
    if (holds) await new Promise<void>((resolve) => waiting.push(resolve));
    if (isGone) throw new RunFailure({ code: 'server_unreachable', message: 'Gone.', retryable: true });
    const from = Number(cursor ?? 0);
    const found = Array.from({ length: Math.min(PAGE, count - from) }, (__, at) => ({ id: `${sort}-${from + at}-${version}` }) as RunItem);
    return { items: found, next_cursor: from + PAGE < count ? `${from + PAGE}` : null };
  };
  const rows = new ItemRows({ items }, 'run');
  return {
    ...{ rows, asked, ids: () => rows.items()?.map(({ id }) => id) ?? [] },
    change: () => (version += 1),
    lose: (lost: boolean) => (isGone = lost),
    hold: () => (holds = true),
    release: () => {
      holds = false;
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

describe('ItemRows', () => {
  it('reads a page at a time, to the last', async () => {
    const { rows, ids } = setup(250);
    await rows.refresh();
    expect([ids().length, rows.hasMore()]).toEqual([100, true]);
    await rows.more();
    await rows.more();
    await rows.more();
    expect([ids().length, ids().at(-1), rows.hasMore()]).toEqual([250, 'id-249-1', false]);
  });

  it('asks for the next page once, however often it is wanted', async () => {
    const { rows, asked } = setup(250);
    await rows.refresh();
    await Promise.all([rows.more(), rows.more(), rows.more()]);
    expect(asked).toEqual(['id all first', 'id all 100']);
  });

  it('reads anew as many as were there', async () => {
    const { rows, ids, change } = setup(250);
    await rows.refresh();
    await rows.more();
    change();
    await rows.refresh();
    expect([ids().length, ids()[0], ids().at(-1)]).toEqual([200, 'id-0-2', 'id-199-2']);
    expect(rows.isLong()).toBe(false);
  });

  it('shows the order that was asked for last', async () => {
    const { rows, ids, hold, release } = setup(3);
    hold();
    const first = rows.show({ sort: 'latency', filter: undefined });
    const second = rows.show({ sort: 'divergence', filter: 'flips' });
    release();
    await Promise.all([first, second]);
    expect([ids()[0], rows.isLoading()]).toEqual(['divergence-0-1', false]);
  });

  it('keeps what is there when the rest cannot be had, and goes on from it', async () => {
    const { rows, ids, lose } = setup(250);
    await rows.refresh();
    lose(true);
    await rows.more();
    expect([ids().length, rows.fault()?.message, rows.hasMore()]).toEqual([100, 'Gone.', true]);
    lose(false);
    await rows.more();
    expect([ids().length, rows.fault()]).toEqual([200, undefined]);
  });
});
