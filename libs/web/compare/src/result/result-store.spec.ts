import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { type Comparison } from '@tandem/shared/contracts';
import { RunFailure } from '@tandem/web/data-access';
import { KeptComparisons, Votes } from '@tandem/web/data-access/kept';
import { ResultStore } from './result-store';

const comparisonOf = (id: string): Comparison =>
  ({
    id,
    title: id,
    note: '',
    baseline: 'a',
    derivative: 'b',
    turns: [],
    parameters: { baseline: {}, derivative: {} },
    created_at: '',
    updated_at: '',
  }) as unknown as Comparison;

const missing = new RunFailure({ code: 'not_found', message: 'There is none.', retryable: false });

interface Held {
  readonly about: string;
  answer(): Promise<void>;
  refuse(): Promise<void>;
}

/** A server whose answers stay on their way until they are let go of. */
function setup() {
  const held: Held[] = [];
  const hold = (about: string, comparison: Comparison): Promise<Comparison> => {
    const { promise, resolve, reject } = Promise.withResolvers<Comparison>();
    const soon = (): Promise<void> => new Promise((done) => setTimeout(done));
    held.push({ about, answer: () => (resolve(comparison), soon()), refuse: () => (reject(missing), soon()) });
    return promise;
  };
  const kept = {
    get: (id: string) => hold(id, comparisonOf(id)),
    change: (id: string, change: Partial<Comparison>) => hold(`${id} ${JSON.stringify(change)}`, { ...comparisonOf(id), ...change }),
  };
  TestBed.configureTestingModule({
    providers: [ResultStore, provideRouter([]), { provide: KeptComparisons, useValue: kept }, { provide: Votes, useValue: { ofTurns: async () => [] } }],
  });
  return { store: TestBed.inject(ResultStore), held };
}

async function opened() {
  const { store, held } = setup();
  void store.open('one');
  await held[0]?.answer();
  return { store, held };
}

describe('a kept comparison', () => {
  it('is the one of the address, also when another one is heard of later', async () => {
    const { store, held } = setup();
    void store.open('one');
    void store.open('other');
    await held[1]?.answer();
    await held[0]?.answer();
    expect(store.comparison()?.id).toBe('other');
  });

  it('is there although the one before it is gone', async () => {
    const { store, held } = setup();
    void store.open('gone');
    void store.open('other');
    await held[1]?.answer();
    await held[0]?.refuse();
    expect(store.state().kind).toBe('ready');
  });

  it('stays the one of the address when a change of the one before was made late, or refused', async () => {
    const { store, held } = await opened();
    void store.change({ title: 'Renamed' });
    void store.change({ note: 'Noted' });
    await Promise.resolve();
    void store.open('other');
    await held[2]?.answer();
    await held[1]?.answer();
    await held[3]?.refuse();
    expect([store.comparison()?.title, store.changeFault()]).toEqual(['other', '']);
  });

  it('is changed once after the other, so that the last word is what the server has', async () => {
    const { store, held } = await opened();
    void store.change({ title: 'First' });
    void store.change({ title: 'Last' });
    await Promise.resolve();
    await held[1]?.answer();
    expect(held.map(({ about }) => about)).toEqual(['one', 'one {"title":"First"}', 'one {"title":"Last"}']);
    await held[2]?.answer();
    expect(store.comparison()?.title).toBe('Last');
  });

  it('says why it was not changed, and is changed the next time', async () => {
    const { store, held } = await opened();
    void store.change({ title: 'First' });
    await Promise.resolve();
    await held[1]?.refuse();
    expect([store.comparison()?.title, store.changeFault()]).toEqual(['one', 'There is none.']);
    void store.change({ title: 'Second' });
    await Promise.resolve();
    await held[2]?.answer();
    expect([store.comparison()?.title, store.changeFault()]).toEqual(['Second', '']);
  });
});
