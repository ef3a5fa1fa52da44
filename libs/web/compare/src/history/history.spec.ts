import 'fake-indexeddb/auto';
import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { IDBFactory } from 'fake-indexeddb';
import { deserialize, serialize } from 'node:v8';
import { type ModelCard } from '@tandem/shared/contracts';
import { until } from '@tandem/testing/until';
import { CatalogueStore, StreamTransport } from '@tandem/web/data-access';
import { Undo } from '@tandem/web/design';
import { end, HeldTransport, token } from '@tandem/web/run/testing';
import { CompareStore } from '../compare-store';
import { asMarkdown } from '../transfer/as-markdown';
import { ComparisonArchive } from './comparison-archive';
import { ComparisonKeeper } from './comparison-keeper';
import { isFound } from './comparison-record';

// jsdom has none, and a database copies what it keeps
globalThis.structuredClone ??= <T>(value: T): T => deserialize(serialize(value)) as T;

const CARDS = [
  { id: 'base', title: 'Base', role: 'baseline', baseline_id: null },
  { id: 'tuned', title: 'Tuned', role: 'twodelta', baseline_id: 'base' },
] as ModelCard[];

/** A page of the browser: it shares what is kept with those before it, and nothing else. */
function openPage() {
  TestBed.resetTestingModule();
  sessionStorage.clear();
  const transport = new HeldTransport();
  const catalogue = { cards: signal(CARDS), byId: signal(new Map(CARDS.map((card) => [card.id, card]))), idOf: (word: string) => word };
  TestBed.configureTestingModule({
    providers: [
      { provide: StreamTransport, useValue: transport },
      { provide: CatalogueStore, useValue: catalogue },
    ],
  });
  const [store, keeper, archive] = [TestBed.inject(CompareStore), TestBed.inject(ComparisonKeeper), TestBed.inject(ComparisonArchive)];
  const ask = async (prompt: string): Promise<void> => {
    store.setDraft(prompt);
    store.send();
    for (const model of ['base', 'tuned']) {
      transport.of(model).give(token(`${model} says`), end());
      await transport.of(model).end();
    }
    TestBed.tick();
    await keeper.untilKept();
  };
  return { store, keeper, archive, ask, undo: TestBed.inject(Undo) };
}

describe('the comparisons of a browser', () => {
  beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));
  afterEach(() => jest.restoreAllMocks());

  it('are there on a later page, with their models, values and answers', async () => {
    const first = openPage();
    first.store.settings.change('baseline', { system: 'Be brief.' });
    await first.ask('What is a river?');
    const later = openPage();
    await later.archive.load();
    expect(later.archive.list()).toMatchObject([{ title: 'What is a river?', modelTitles: ['Base', 'Tuned'], isNamed: false }]);
    await later.keeper.show(first.store.id());
    expect(later.store.turns()).toMatchObject([
      { prompt: 'What is a river?', answers: [{ answer: { text: 'base says' } }, { answer: { text: 'tuned says' } }] },
    ]);
    expect(later.store.settings.of('derivative').system).toBe('Be brief.');
    expect(later.store.id()).toBe(first.store.id());
  });

  it('keep the name that a person gave them, whatever is asked after it', async () => {
    const { archive, store, ask } = openPage();
    await ask('One');
    await archive.rename(store.id(), 'Rivers');
    await ask('Two');
    expect(archive.list()).toMatchObject([{ title: 'Rivers', isNamed: true, prompts: 'One\nTwo' }]);
  });

  it('come back when deleting them is taken back, the shown one onto the page', async () => {
    const { archive, keeper, store, ask, undo } = openPage();
    await ask('One');
    await keeper.remove(store.id());
    expect([archive.list(), store.turns()]).toEqual([[], []]);
    await undo.take();
    expect(archive.list()).toMatchObject([{ title: 'One' }]);
    expect(store.turns()).toMatchObject([{ prompt: 'One' }]);
  });

  it('leave the page to the one that *New* is taken back to, with its pair and values', async () => {
    const { keeper, store, ask, undo } = openPage();
    await ask('One');
    const one = store.id();
    store.startOver();
    store.settings.change('baseline', { system: 'Be brief.' });
    store.pane('derivative').choose('base');
    await ask('Two');
    store.startOver();
    await keeper.show(one);
    expect([store.settings.of('baseline').system, store.pane('derivative').modelId()]).toEqual(['', 'tuned']);
    await undo.take();
    expect(store.turns()).toMatchObject([{ prompt: 'Two' }]);
    expect([store.settings.of('baseline').system, store.pane('derivative').modelId()]).toEqual(['Be brief.', 'base']);
  });

  describe('that take their time to be read', () => {
    /** Reads wait until they are let go, by the comparison's id. */
    const holdReads = ({ archive }: ReturnType<typeof openPage>) => {
      const held: { readonly id: string; go(): void }[] = [];
      const get = archive.get.bind(archive);
      jest.spyOn(archive, 'get').mockImplementation(async (id) => {
        await new Promise<void>((go) => held.push({ id, go }));
        return get(id);
      });
      return (id: string): void => held.filter((each) => each.id === id).forEach(({ go }) => go());
    };

    it('are shown as they were asked for last', async () => {
      const page = openPage();
      const ids: string[] = [];
      for (const prompt of ['One', 'Two']) {
        await page.ask(prompt);
        ids.push(page.store.id());
        page.store.startOver();
      }
      const letGo = holdReads(page);
      const shown = ids.map((id) => page.keeper.show(id));
      for (const id of ids.toReversed()) letGo(id);
      await Promise.all(shown);
      expect(page.store.turns()).toMatchObject([{ prompt: 'Two' }]);
    });

    it('are shown over no other that was begun meanwhile', async () => {
      const page = openPage();
      await page.ask('One');
      const id = page.store.id();
      await page.ask('Two');
      const letGo = holdReads(page);
      const late = [page.keeper.show(id), page.keeper.hear(id)];
      page.store.startOver();
      letGo(id);
      await Promise.all(late);
      expect([page.store.turns(), page.store.id() === id]).toEqual([[], false]);
    });
  });

  describe('that another tab has gone on with', () => {
    const onElsewhere = async ({ archive, store }: ReturnType<typeof openPage>) => {
      const record = (await archive.get(store.id()))!;
      const more = { ...record.turns[0]!, id: 'elsewhere', prompt: 'Elsewhere' };
      await archive.save({ ...record, turns: [...record.turns, more] });
    };

    it('are gone on with here as well', async () => {
      const page = openPage();
      await page.ask('One');
      await onElsewhere(page);
      await page.keeper.hear(page.store.id());
      TestBed.tick();
      expect(page.store.turns().map(({ prompt }) => prompt)).toEqual(['One', 'Elsewhere']);
      await page.ask('Two');
      expect(page.archive.list()).toMatchObject([{ prompts: 'One\nElsewhere\nTwo' }]);
      expect(page.keeper.notice()).toBe('');
    });

    it('are not written again by a page that only takes them over', async () => {
      const page = openPage();
      await page.ask('One');
      await onElsewhere(page);
      const written = await page.archive.get(page.store.id());
      await page.keeper.hear(page.store.id());
      TestBed.tick();
      await page.keeper.untilKept();
      expect(await page.archive.get(page.store.id())).toEqual(written);
    });

    it('lose nothing to what is asked here meanwhile: that is kept as a copy, which is said', async () => {
      const page = openPage();
      await page.ask('One');
      const id = page.store.id();
      await onElsewhere(page);
      await page.ask('Two');
      await until(() => page.archive.list().some(({ prompts }) => prompts === 'One\nTwo'));
      expect((await page.archive.get(id))?.turns.map(({ prompt }) => prompt)).toEqual(['One', 'Elsewhere']);
      expect(page.archive.list().map((each) => each.id)).toEqual(expect.arrayContaining([id, page.store.id()]));
      expect([page.store.id() === id, page.keeper.notice()]).toEqual([false, expect.stringContaining('Another tab')]);
    });
  });

  it.each([
    ['QuotaExceededError', 'full'],
    ['InvalidStateError', 'unavailable'],
  ])('last as long as the page after %s, which is said', async (name, keeping) => {
    const { archive, store, ask } = openPage();
    jest.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no', name);
    });
    await ask('One');
    expect(archive.keeping()).toBe(keeping);
    expect((await archive.get(store.id()))?.turns).toHaveLength(1);
    jest.restoreAllMocks();
    await ask('Two');
    expect([archive.keeping(), archive.list().map(({ prompts }) => prompts)]).toEqual(['yes', ['One\nTwo']]);
  });

  it('are found by their prompts and the names of their models', async () => {
    const { archive, ask } = openPage();
    await ask('What is a Café?');
    const summary = archive.list()[0]!;
    expect(['', 'cafe', 'tuned café', 'CAFÉ what'].map((query) => isFound(summary, query))).toEqual([true, true, true, true]);
    expect(isFound(summary, 'river')).toBe(false);
  });

  it('are read as Markdown anywhere', async () => {
    const { archive, store, ask } = openPage();
    await ask('What is it?');
    const record = await archive.get(store.id());
    expect(asMarkdown(record!)).toBe('# What is it?\n\n## What is it?\n\n### Baseline: base\n\nbase says\n\n### Two Delta: tuned\n\ntuned says\n');
  });
});
