import { TestBed } from '@angular/core/testing';
import { type ComparisonRow } from '@tandem/shared/contracts';
import { RunFailure } from '@tandem/web/data-access';
import { type ComparisonQuery, KeptComparisons } from '@tandem/web/data-access/kept';
import { Undo } from '@tandem/web/design';
import { KeptListStore } from './kept-list-store';

const row = (id: string): ComparisonRow => ({ id, title: `Title of ${id}` }) as ComparisonRow;

function setup() {
  const asked: ComparisonQuery[] = [];
  const removed: string[] = [];
  const server = { isOff: false };
  const answer = async (): Promise<void> => {
    if (server.isOff) throw new RunFailure({ code: 'store_unavailable', message: 'The disk is full.', retryable: true });
  };
  const comparisons: Partial<KeptComparisons> = {
    list: async (query) => {
      asked.push(query);
      await answer();
      return query.cursor ? { comparisons: [row('c')], next_cursor: null } : { comparisons: [row('a'), row('b')], next_cursor: 'after b' };
    },
    change: async (id, change) => ({ ...row(id), ...change }) as never,
    remove: async (id) => {
      await answer();
      removed.push(id);
    },
    removeUnheard: (id) => void removed.push(id),
  };
  TestBed.configureTestingModule({ providers: [KeptListStore, { provide: KeptComparisons, useValue: comparisons }] });
  const store = TestBed.inject(KeptListStore);
  return { store, undo: TestBed.inject(Undo), asked, removed, server, ids: () => store.rows().map(({ id }) => id) };
}

/** Whatever was answered has been heard. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the list of kept comparisons', () => {
  it('is read page by page, and begins anew for other words', async () => {
    const { store, asked, ids } = setup();
    await store.load();
    expect([ids(), store.hasMore()]).toEqual([['a', 'b'], true]);
    await store.more();
    expect([ids(), store.hasMore()]).toEqual([['a', 'b', 'c'], false]);
    await store.find(' words ');
    await store.ofModel('base');
    expect(asked).toEqual([
      { query: '', model: '' },
      { query: '', model: '', cursor: 'after b' },
      { query: 'words', model: '' },
      { query: 'words', model: 'base' },
    ]);
  });

  it('takes no notice of an answer that comes after a later one was asked for', async () => {
    const { store, ids } = setup();
    await store.load();
    const [late, last] = [store.more(), store.find('words')];
    await Promise.all([late, last]);
    expect(ids()).toEqual(['a', 'b']);
  });

  it('shows a new title where it stands', async () => {
    const { store } = setup();
    await store.load();
    await store.rename('b', 'Better');
    expect(store.rows().map(({ title }) => title)).toEqual(['Title of a', 'Better']);
  });

  it('says why it is not there', async () => {
    const { store, server } = setup();
    server.isOff = true;
    await store.load();
    expect(store.fault()?.message).toBe('The disk is full.');
    server.isOff = false;
    await store.load();
    expect(store.fault()).toBeUndefined();
  });
});

describe('what is deleted from it', () => {
  it('is only out of view as long as that can be taken back', async () => {
    const { store, undo, removed, ids } = setup();
    await store.load();
    store.remove('a');
    expect([ids(), removed]).toEqual([['b'], []]);
    await undo.take();
    expect([ids(), removed]).toEqual([['a', 'b'], []]);
  });

  it('is gone once it no longer can: the note went, another came, or the page is left', async () => {
    const { store, undo, removed } = setup();
    await store.load();
    store.remove('a');
    store.remove('b');
    await settled();
    expect(removed).toEqual(['a']);
    undo.withdraw();
    await settled();
    expect(removed).toEqual(['a', 'b']);
    await store.more();
    store.remove('c');
    dispatchEvent(new Event('pagehide'));
    undo.withdraw();
    expect(removed).toEqual(['a', 'b', 'c']);
  });

  it('is there again where the server could not delete it', async () => {
    const { store, undo, server, ids } = setup();
    await store.load();
    store.remove('a');
    server.isOff = true;
    undo.withdraw();
    await settled();
    expect([ids(), store.fault()?.message]).toEqual([['a', 'b'], 'The disk is full.']);
  });
});
