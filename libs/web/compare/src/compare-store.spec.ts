import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type ModelCard, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { CatalogueStore, CONNECTION_LOST, StreamTransport } from '@tandem/web/data-access';
import { CompareStore } from './compare-store';
import { end, HeldTransport, token } from '@tandem/web/run/testing';

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
  return { store, transport, ask };
}

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
    const { store, transport, ask } = setup();
    ask('Hi');
    await transport.of('base').fail(CONNECTION_LOST);
    expect(store.panes.derivative.isRunning()).toBe(true);
    transport.of('tuned').give(token('Yes.'), end());
    await transport.of('tuned').end();
    expect(store.panes.derivative.answers().at(-1)).toMatchObject({ text: 'Yes.', state: { kind: 'done' } });
    expect(store.panes.baseline.answers().at(-1)?.state.kind).toBe('failed');
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
    const { store, transport, ask } = setup();
    store.open('?baseline=tuned&twodelta=base&temperature=0&system=Be%20brief.');
    ask('Hi');
    store.open('');
    expect([store.panes.baseline.modelId(), store.panes.derivative.modelId()]).toEqual(['tuned', 'base']);
    expect(store.parameters().temperature).toBe(0);
    expect(store.system()).toBe('Be brief.');
    expect(store.turns()).toBe(1);
    expect(transport.streams).toHaveLength(2);
  });

  it('starts over with the same pair and settings', () => {
    const { store, ask } = setup();
    store.setSystem('Be brief.');
    ask('Hi');
    store.startOver();
    expect(store.turns()).toBe(0);
    expect(store.system()).toBe('Be brief.');
    expect(store.isRunning()).toBe(false);
  });

  describe('opened from a link', () => {
    it('takes everything and sends nothing', () => {
      const { store, transport } = setup();
      store.restore('?baseline=tuned&twodelta=base&prompt=Hi%20there&temperature=0&seed=7&system=Be%20brief.');
      expect(store.panes.baseline.modelId()).toBe('tuned');
      expect(store.panes.derivative.modelId()).toBe('base');
      expect(store.draft()).toBe('Hi there');
      expect(store.parameters()).toMatchObject({ temperature: 0, seed: 7 });
      expect(store.system()).toBe('Be brief.');
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
