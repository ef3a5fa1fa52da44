import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type ModelCard } from '@tandem/shared/contracts';
import { CatalogueStore, HealthStore, StreamTransport } from '@tandem/web/data-access';
import { end, HeldTransport, token } from '@tandem/web/run/testing';
import { Archive } from './archive/archive';
import { ChatStore } from './chat-store';
import { Undo } from '@tandem/web/design';
import { Attachments } from './images/attachments';
import { newBrowser } from './testing/new-browser';
import { conversation } from './testing/records';

const CARDS = [
  { id: 'base', title: 'Base', role: 'baseline', place: 'remote', context_length: null },
  { id: 'tuned', title: 'Tuned', role: 'twodelta', place: 'remote', context_length: null },
] as ModelCard[];

function setup(cards = CARDS) {
  newBrowser();
  TestBed.resetTestingModule();
  const transport = new HeldTransport();
  const idOf = (word: string): string => cards.find(({ title }) => title === word)?.id ?? word;
  TestBed.configureTestingModule({
    providers: [
      { provide: StreamTransport, useValue: transport },
      { provide: HealthStore, useValue: { reports: signal(new Map()) } },
      {
        provide: CatalogueStore,
        useValue: {
          cards: signal(cards),
          byId: signal(new Map(cards.map((card) => [card.id, card]))),
          idOf,
          checkpointOf: () => undefined,
          state: signal({ kind: 'ready' }),
        },
      },
    ],
  });
  const store = TestBed.inject(ChatStore);
  const begun = async () => {
    while (transport.streams.length === 0) await new Promise((resolve) => setTimeout(resolve));
    return transport.streams[0]!;
  };
  const say = async (text: string): Promise<void> => {
    store.setDraft(text);
    store.send();
    const stream = await begun();
    stream.give(token('Yes.'), end());
    await stream.end();
    await store.conversation()?.end();
  };
  return { store, transport, begun, say, archive: TestBed.inject(Archive), undo: TestBed.inject(Undo), attachments: TestBed.inject(Attachments) };
}

describe('ChatStore', () => {
  const fetched = globalThis.fetch;
  // the server is told what it may forget; whether it hears is its own affair
  beforeEach(() => (globalThis.fetch = () => Promise.reject(new Error('no server'))));
  afterEach(() => (globalThis.fetch = fetched));

  it('begins a new conversation with a model that was made for talking, and keeps nothing of it', async () => {
    const { store, archive } = setup();
    await store.open(null);
    expect([store.state(), store.card()?.id]).toEqual(['ready', 'tuned']);
    expect(await archive.conversations()).toEqual([]);
  });

  it('sends what was written, once, and empties the draft', async () => {
    const { store, transport, begun } = setup();
    await store.open(null);
    store.setDraft('Hi');
    expect(store.send()).toBe(true);
    expect([store.draft(), store.send()]).toEqual(['', false]);
    expect((await begun()).request).toMatchObject({ model: 'tuned', messages: [{ role: 'user', content: 'Hi' }] });
    expect([...store.running()]).toEqual([store.conversation()?.id]);
    store.conversation()?.stop();
    await store.conversation()?.end();
    expect(transport.streams).toHaveLength(1);
  });

  it.each([
    ['an empty draft', CARDS, '  '],
    ['no model', [], 'Hi'],
  ])('does not send with %s', async (_, cards, draft) => {
    const { store } = setup(cards);
    await store.open(null);
    store.setDraft(draft);
    expect([store.canSend(), store.send()]).toEqual([false, false]);
  });

  it('sends images with their message, once, and none to a model that takes none', async () => {
    const { store, transport, begun, attachments } = setup([...CARDS, { ...CARDS[1], id: 'blind', title: 'Blind', images: false } as ModelCard]);
    const image = { url: 'data:image/png;base64,AAAA', name: 'a.png', width: 1, height: 1 };
    await store.open(null);
    await attachments.add(store.conversation()!.id, [new File([], 'a.png')], async () => image);
    store.setDraft('What is it?');
    store.conversation()?.choose('blind');
    expect([store.canSend(), store.obstacle()]).toEqual([false, expect.stringMatching(/^Blind takes no images: choose another/)]);
    store.conversation()?.choose('base');
    expect([store.canSend(), store.obstacle(), store.send(), store.images()]).toEqual([true, '', true, []]);
    expect((await begun()).request.messages?.[0]?.content).toHaveLength(2);
    store.conversation()?.stop();
    await store.conversation()?.end();
    expect(transport.streams).toHaveLength(1);
  });

  it.each([
    ['there is no model', [], null, /^There is no model yet\.$/],
    ['its model is not there', CARDS, 'gone', /^There is no model “gone” here/],
    ['nothing is in the way', CARDS, null, /^$/],
  ])('says why nothing can be sent where %s', async (_, cards, model, words) => {
    const { store } = setup(cards);
    await store.open(null);
    if (model) store.conversation()?.choose(model);
    expect(store.obstacle()).toMatch(words);
  });

  it('opens what was kept, and says what is missing', async () => {
    const { store, archive } = setup();
    await archive.save({ conversations: [conversation({ title: 'Rivers' })] });
    await store.open('c');
    expect(store.conversation()?.record().title).toBe('Rivers');
    await store.open('nobody');
    expect(store.state()).toBe('missing');
  });

  it('lets an answer go on while another conversation is looked at', async () => {
    const { store, begun } = setup();
    await store.open(null);
    store.setDraft('Hi');
    store.send();
    const first = store.conversation();
    const stream = await begun();
    await store.open(null);
    expect([...store.running()]).toEqual([first?.id]);
    expect(stream.isStopped()).toBe(false);
    stream.give(token('Yes.'), end());
    await stream.end();
    await first?.end();
    expect(store.running().size).toBe(0);
  });

  it('keeps a draft for each conversation', async () => {
    const { store, archive } = setup();
    await archive.save({ conversations: [conversation()] });
    await store.open('c');
    store.setDraft('half a thought');
    await store.open(null);
    expect(store.draft()).toBe('');
    await store.open('c');
    expect(store.draft()).toBe('half a thought');
  });

  it('deletes a conversation, and gives it back', async () => {
    const { store, archive, undo, say } = setup();
    await store.open(null);
    await say('Hi');
    const id = store.conversation()?.id ?? '';
    await store.delete(id);
    expect(await archive.conversation(id)).toBeUndefined();
    expect(undo.offer()?.words).toBe('“Hi” deleted');
    await undo.take();
    expect((await archive.whole(id))?.messages).toHaveLength(2);
  });

  it('tells when a deletion was taken back', async () => {
    const { store, undo, say } = setup();
    await store.open(null);
    await say('Hi');
    let isBack = false;
    await store.delete(store.conversation()?.id ?? '', () => (isBack = true));
    expect(isBack).toBe(false);
    await undo.take();
    expect(isBack).toBe(true);
  });

  it('leaves the open one alone when another is deleted', async () => {
    const { store, archive, begun, transport } = setup();
    await archive.save({ conversations: [conversation()] });
    await store.open(null);
    await store.delete('c');
    store.setDraft('Hi');
    store.send();
    await begun();
    expect([...store.running()]).toEqual([store.conversation()?.id]);
    expect(transport.streams).toHaveLength(1);
  });

  it('asks the model that a link calls by its name', async () => {
    const { store } = setup();
    await store.open(null);
    store.conversation()?.choose('Base');
    expect(store.card()?.id).toBe('base');
  });

  it('clears the open one, and gives back what was said', async () => {
    const { store, undo, say } = setup();
    await store.open(null);
    await say('Hi');
    await store.clear();
    expect(store.conversation()?.path()).toEqual([]);
    await undo.take();
    expect(store.conversation()?.path()).toHaveLength(2);
  });

  it('renames one that is not open', async () => {
    const { store, archive } = setup();
    await archive.save({ conversations: [conversation()] });
    await store.rename('c', 'Seas');
    expect(await archive.conversation('c')).toMatchObject({ title: 'Seas', isNamed: true });
  });
});
