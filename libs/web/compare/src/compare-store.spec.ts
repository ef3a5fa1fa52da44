import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type ModelCard, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { CatalogueStore, CONNECTION_LOST, StreamTransport } from '@tandem/web/data-access';
import { Undo } from '@tandem/web/design';
import { end, HeldTransport, token } from '@tandem/web/run/testing';
import { CompareStore } from './compare-store';
import { REPEATS } from './repeat/repeating';

const CARDS = [
  { id: 'base', role: 'baseline', baseline_id: null },
  { id: 'tuned', role: 'twodelta', baseline_id: 'base' },
] as ModelCard[];

function setup(cards = CARDS) {
  sessionStorage.clear();
  const transport = new HeldTransport();
  TestBed.configureTestingModule({
    providers: [
      { provide: StreamTransport, useValue: transport },
      { provide: CatalogueStore, useValue: { cards: signal(cards), idOf: (word: string) => word } },
    ],
  });
  const store = TestBed.inject(CompareStore);
  const ask = (prompt: string): boolean => {
    store.setDraft(prompt);
    return store.send();
  };
  const answer = async (model: string, text: string): Promise<void> => {
    transport.of(model).give(token(text), end());
    await transport.of(model).end();
  };
  const [baseline, derivative] = [store.pane('baseline'), store.pane('derivative')];
  return { store, transport, ask, answer, baseline, derivative, undo: TestBed.inject(Undo) };
}

const said = (...pairs: [string, string][]) =>
  pairs.flatMap(([content, answer]) => [
    { role: 'user', content },
    { role: 'assistant', content: answer },
  ]);

describe('CompareStore', () => {
  it('asks both sides at once with the same prompt and settings', () => {
    const { transport, ask } = setup();
    expect(ask('Hi')).toBe(true);
    expect(transport.streams.map(({ request: { model, ...rest } }) => [model, rest])).toEqual([
      ['base', { ...STREAM_PARAMETERS, system: null, messages: [{ role: 'user', content: 'Hi' }] }],
      ['tuned', { ...STREAM_PARAMETERS, system: null, messages: [{ role: 'user', content: 'Hi' }] }],
    ]);
  });

  it('sends once, however often it is told to', () => {
    const { store, transport, ask } = setup();
    ask('Hi');
    expect(ask('Hi')).toBe(false);
    expect(store.send()).toBe(false);
    expect(transport.streams).toHaveLength(2);
  });

  it.each(['', '  \n '])('does not send %j', (prompt) => {
    const { transport, ask } = setup();
    expect(ask(prompt)).toBe(false);
    expect(transport.streams).toHaveLength(0);
  });

  it('does not send while there is no model to ask', () => {
    expect(setup([]).ask('Hi')).toBe(false);
  });

  it('lets one side go on when the other fails', async () => {
    const { transport, ask, baseline, derivative } = setup();
    ask('Hi');
    await transport.of('base').fail(CONNECTION_LOST);
    expect(derivative.isRunning()).toBe(true);
    transport.of('tuned').give(token('Yes.'), end());
    await transport.of('tuned').end();
    expect(derivative.last()).toMatchObject({ text: 'Yes.', state: { kind: 'done' } });
    expect(baseline.last()?.state.kind).toBe('failed');
  });

  it('stops both sides', () => {
    const { store, transport, ask } = setup();
    ask('Hi');
    store.stopAll();
    expect(transport.streams.every((stream) => stream.isStopped())).toBe(true);
    expect(store.isRunning()).toBe(false);
  });

  it('empties the composer when it sends and keeps a draft over a reload', () => {
    const { store, ask } = setup();
    store.setDraft('half a thought');
    store.restore('');
    expect(store.draft()).toBe('half a thought');
    ask('Hi');
    store.restore('');
    expect(store.draft()).toBe('');
  });

  it('goes on with the pair, the settings and the answers when its page is come back to', () => {
    const { store, transport, ask, baseline, derivative } = setup();
    store.open('?baseline=tuned&twodelta=base&temperature=0&system=Be%20brief.');
    ask('Hi');
    store.open('');
    expect([baseline.modelId(), derivative.modelId()]).toEqual(['tuned', 'base']);
    expect(store.settings.of('baseline').parameters.temperature).toBe(0);
    expect(store.settings.of('derivative').system).toBe('Be brief.');
    expect(store.turns()).toHaveLength(1);
    expect(transport.streams).toHaveLength(2);
  });

  it('starts over with the same pair and settings, and goes back when that is taken back', async () => {
    const { store, ask, answer, undo } = setup();
    store.settings.change('baseline', { system: 'Be brief.' });
    ask('Hi');
    await answer('base', 'Hello.');
    const { id } = { id: store.id() };
    store.startOver();
    expect(store.turns()).toEqual([]);
    expect(store.settings.of('derivative').system).toBe('Be brief.');
    expect(store.isRunning()).toBe(false);
    await undo.take();
    expect(store.id()).toBe(id);
    expect(store.turns()).toMatchObject([{ prompt: 'Hi', answers: [{ answer: { text: 'Hello.' } }, { answer: { state: { kind: 'stopped' } } }] }]);
  });

  describe('when a link leads to a pair', () => {
    const THREE = [...CARDS, { id: 'other', role: 'twodelta', baseline_id: 'base' } as ModelCard];

    it('makes room for it, and goes back to the one before with its pair when that is taken back', async () => {
      const { store, ask, answer, baseline, derivative, undo } = setup(THREE);
      store.open('');
      ask('Hi');
      await answer('base', 'Hello.');
      await answer('tuned', 'Hello!');
      store.openPair('?baseline=base&twodelta=other');
      expect([baseline.modelId(), derivative.modelId(), store.turns()]).toEqual(['base', 'other', []]);
      await undo.take();
      expect([derivative.modelId(), store.turns().length]).toEqual(['tuned', 1]);
    });

    it('leaves a comparison of that pair as it is, and one of another where the link names none', () => {
      const { store, ask, derivative } = setup(THREE);
      ask('Hi');
      for (const query of ['?baseline=base&twodelta=tuned', '?twodelta=tuned', '', '?prompt=Another']) store.openPair(query);
      expect([derivative.modelId(), store.turns().length, store.isRunning()]).toEqual(['tuned', 1, true]);
    });

    it('takes the side that is named, and leaves the other', () => {
      const { store, baseline, derivative } = setup(THREE);
      baseline.choose('tuned');
      store.openPair('?twodelta=other');
      expect([baseline.modelId(), derivative.modelId()]).toEqual(['tuned', 'other']);
    });

    it('begins with it where nothing was there', () => {
      const { store } = setup(THREE);
      expect([store.open('?twodelta=other'), store.open('?twodelta=tuned')]).toEqual([true, false]);
    });
  });

  it('does not put a comparison back over one that was begun since', async () => {
    const { store, ask, undo } = setup();
    ask('Hi');
    store.startOver();
    ask('Another');
    expect(undo.offer()).toBeUndefined();
    expect(store.turns()).toHaveLength(1);
  });

  describe('when one side does not answer to the end', () => {
    async function cut() {
      const all = setup();
      all.ask('One');
      await all.answer('tuned', 'First.');
      all.transport.of('base').give(token('Fir'));
      await all.transport.of('base').fail(CONNECTION_LOST);
      return all;
    }

    it('asks first what to go on with', async () => {
      const { store, transport, ask } = await cut();
      expect(ask('Two')).toBe(false);
      expect(store.obstacle()).toMatch(/^Baseline did not answer to the end/);
      expect(transport.streams).toHaveLength(2);
    });

    it('goes on from the whole answer on both sides, where a person says so', async () => {
      const { store, transport, ask } = await cut();
      store.goOn({ kind: 'one', side: 'derivative' });
      expect(ask('Two')).toBe(true);
      for (const model of ['base', 'tuned']) {
        expect(transport.of(model).request.messages).toEqual([...said(['One', 'First.']), { role: 'user', content: 'Two' }]);
      }
    });

    it('goes on without the turn on both sides, where a person says so', async () => {
      const { store, transport, ask } = await cut();
      store.goOn({ kind: 'nothing' });
      ask('Two');
      for (const model of ['base', 'tuned']) expect(transport.of(model).request.messages).toEqual([{ role: 'user', content: 'Two' }]);
    });

    it('has nothing to ask once it was asked again and answered', async () => {
      const { store, ask, answer } = await cut();
      store.askLast('baseline');
      await answer('base', 'First, too.');
      expect(ask('Two')).toBe(true);
    });
  });

  it('goes on from one answer on both sides', async () => {
    const { store, transport, ask, answer } = setup();
    ask('One');
    await answer('base', 'Left.');
    await answer('tuned', 'Right.');
    store.goOn({ kind: 'one', side: 'baseline' });
    ask('Two');
    expect(transport.of('tuned').request.messages).toEqual([...said(['One', 'Left.']), { role: 'user', content: 'Two' }]);
  });

  it('asks one side alone, and the other one later', async () => {
    const { store, transport, answer } = setup();
    store.setDraft('One');
    expect(store.send('derivative')).toBe(true);
    await answer('tuned', 'Right.');
    expect(transport.streams).toHaveLength(1);
    expect(store.turns()).toMatchObject([{ prompt: 'One', answers: [{ side: 'derivative' }] }]);
    store.askLast('baseline');
    expect(transport.of('base').request.messages).toEqual([{ role: 'user', content: 'One' }]);
    expect(store.turns()[0]?.answers.map(({ side }) => side)).toEqual(['baseline', 'derivative']);
  });

  it('asks each side with its own values once they are unlinked, and says so of the turn', () => {
    const { store, transport, ask } = setup();
    store.settings.link(false);
    store.settings.change('derivative', { parameters: { ...STREAM_PARAMETERS, temperature: 0.2 } });
    ask('Hi');
    expect([transport.of('base').request.temperature, transport.of('tuned').request.temperature]).toEqual([0.7, 0.2]);
    expect(store.turns()[0]?.answers.map(({ settings }) => settings.parameters.temperature)).toEqual([0.7, 0.2]);
  });

  it('swaps the sides: models, answers and values', async () => {
    const { store, ask, answer, baseline, derivative } = setup();
    store.settings.link(false);
    store.settings.change('baseline', { system: 'Left.' });
    ask('Hi');
    await answer('base', 'from base');
    await answer('tuned', 'from tuned');
    store.swap();
    expect([baseline.modelId(), derivative.modelId()]).toEqual(['tuned', 'base']);
    expect(store.turns()[0]?.answers.map(({ side, answer: { text } }) => [side, text])).toEqual([
      ['baseline', 'from tuned'],
      ['derivative', 'from base'],
    ]);
    expect(store.settings.of('derivative').system).toBe('Left.');
  });

  it('measures by asking the same several times, which leaves the turn as it is', async () => {
    const { store, transport, ask, answer } = setup();
    ask('Hi');
    await answer('base', 'Left.');
    await answer('tuned', 'Right.');
    const measured = store.repeat();
    expect(store.isRunning()).toBe(true);
    for (let n = 0; n < REPEATS; n++) {
      await answer('base', 'again');
      await answer('tuned', 'again');
    }
    await measured;
    expect(transport.streams).toHaveLength(2 + 2 * REPEATS);
    expect(store.turns()[0]).toMatchObject({
      answers: [{ answer: { text: 'Left.' } }, { answer: { text: 'Right.' } }],
      measured: [{ side: 'baseline' }, { side: 'derivative' }],
    });
    expect(store.turns()[0]?.measured.map(({ firstTokenMs }) => firstTokenMs.length)).toEqual([REPEATS, REPEATS]);
  });

  it('says when the tab’s storage takes no more, and loses nothing that is shown', () => {
    const { store, ask } = setup();
    const setItem = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    ask('Hi');
    TestBed.tick();
    expect(store.isKept()).toBe(false);
    expect(store.turns()).toMatchObject([{ prompt: 'Hi' }]);
    setItem.mockRestore();
    store.stopAll();
    TestBed.tick();
    expect(store.isKept()).toBe(true);
  });

  describe('opened from a link', () => {
    it('takes everything and sends nothing', () => {
      const { store, transport, baseline, derivative } = setup();
      store.restore('?baseline=tuned&twodelta=base&prompt=Hi%20there&temperature=0&seed=7&system=Be%20brief.');
      expect(baseline.modelId()).toBe('tuned');
      expect(derivative.modelId()).toBe('base');
      expect(store.draft()).toBe('Hi there');
      expect(store.settings.of('baseline').parameters).toMatchObject({ temperature: 0, seed: 7 });
      expect(store.settings.of('derivative').system).toBe('Be brief.');
      expect(transport.streams).toHaveLength(0);
    });
  });

  it('links to what was asked last once the composer is empty', () => {
    const { store, ask } = setup();
    ask('Why?');
    expect(new URLSearchParams(store.link()).get('prompt')).toBe('Why?');
    store.setDraft('And then?');
    expect(new URLSearchParams(store.link()).get('prompt')).toBe('And then?');
  });
});
