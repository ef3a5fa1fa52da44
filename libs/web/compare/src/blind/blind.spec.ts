import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type BlindReveal, type StreamFrame } from '@tandem/shared/contracts';
import { until } from '@tandem/testing/until';
import { CatalogueStore, RunFailure, StreamTransport } from '@tandem/web/data-access';
import { type BlindRequest, Votes } from '@tandem/web/data-access/kept';
import { end, type HeldStream, HeldTransport, token } from '@tandem/web/run/testing';
import { CompareStore } from '../compare-store';
import { CARDS } from '../testing/turns';

const TIMINGS = { queue_ms: 0, load_ms: 0, ttft_ms: 40, total_ms: 100, tokens_per_second: 50, source: 'server' } as const;
const USAGE = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
const OUTCOME = { usage: USAGE, error: null, ignored_parameters: ['top_k'], seed: 3 };
const LAST: StreamFrame = { token: '', done: true, finish_reason: 'stop' } as StreamFrame;

const seen = (left: 'baseline' | 'derivative', more: Partial<BlindReveal> = {}): BlindReveal => ({
  ...{ choice: 'left', vote: left, timings: { left: TIMINGS, right: null }, outcomes: { left: OUTCOME, right: null } },
  sides: left === 'baseline' ? { left: 'baseline', right: 'derivative' } : { left: 'derivative', right: 'baseline' },
  models: left === 'baseline' ? { left: 'base', right: 'tuned' } : { left: 'tuned', right: 'base' },
  ...more,
});

/** Whatever was begun has been heard. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function setup(failure?: RunFailure) {
  sessionStorage.clear();
  const transport = new HeldTransport();
  const requests: BlindRequest[] = [];
  const openBlind = async (request: BlindRequest) => {
    requests.push(request);
    if (failure) throw failure;
    return { id: 'blind', streams: { left: 'stream-l', right: 'stream-r' } };
  };
  TestBed.configureTestingModule({
    providers: [
      { provide: StreamTransport, useValue: transport },
      { provide: Votes, useValue: { openBlind } },
      {
        provide: CatalogueStore,
        useValue: { cards: signal(CARDS), byId: signal(new Map(CARDS.map((card) => [card.id, card]))), idOf: (word: string) => word },
      },
    ],
  });
  const store = TestBed.inject(CompareStore);
  const stream = (name: string): HeldStream => transport.streams.find(({ position }) => position?.streamId === name)!;
  const ask = async (prompt: string): Promise<void> => {
    const before = requests.length;
    store.setDraft(prompt);
    store.send();
    await until(() => requests.length > before);
    await settled();
  };
  const answer = async (): Promise<void> => {
    for (const name of ['stream-l', 'stream-r']) {
      stream(name).give(token(`from ${name}`), LAST);
      await stream(name).end();
    }
  };
  const texts = () =>
    Object.fromEntries(
      store
        .turns()
        .at(-1)!
        .answers.map(({ side, model, answer: { text } }) => [side, [model, text]]),
    );
  return { store, transport, requests, ask, answer, texts };
}

describe('a blind prompt', () => {
  it('asks the pair for the prompt alone, and knows of nobody who answers', async () => {
    const { store, requests, ask, answer, texts, transport } = setup();
    store.setBlind(true);
    await ask('Hi');
    expect(requests).toMatchObject([{ baseline: 'base', derivative: 'tuned', messages: [{ role: 'user', content: 'Hi' }], system: null }]);
    expect(transport.streams.map(({ request: { model } }) => model)).toEqual(['', '']);
    await answer();
    expect(texts()).toEqual({ baseline: ['', 'from stream-l'], derivative: ['', 'from stream-r'] });
    expect([store.isVeiled(), store.isRunning()]).toEqual([true, false]);
    expect(store.turns()[0]?.answers.map(({ answer: { seed, usage, timings, firstTokenMs } }) => [seed, usage, timings, firstTokenMs])).toEqual([
      [undefined, undefined, undefined, null],
      [undefined, undefined, undefined, null],
    ]);
  });

  it.each([
    ['baseline', { baseline: ['base', 'from stream-l'], derivative: ['tuned', 'from stream-r'] }],
    ['derivative', { baseline: ['base', 'from stream-r'], derivative: ['tuned', 'from stream-l'] }],
  ] as const)('shows as usual once it came to light that the left one was the %s', async (left, shown) => {
    const { store, ask, answer, texts } = setup();
    store.setBlind(true);
    await ask('Hi');
    await answer();
    await store.reveal(store.turns()[0]!.id, seen(left));
    expect(texts()).toEqual(shown);
    expect(store.isVeiled()).toBe(false);
    const told = store.turns()[0]!.answers.find(({ answer: { text } }) => text === 'from stream-l')!.answer;
    expect(told).toMatchObject({ firstTokenMs: 40, tokensPerSecond: 50, usage: USAGE, tokens: 7, seed: 3, ignored: ['top_k'], timings: TIMINGS });
  });

  it('comes to light once, whichever tab heard of it first', async () => {
    const { store, ask, answer, texts } = setup();
    store.setBlind(true);
    await ask('Hi');
    await answer();
    for (let tab = 0; tab < 2; tab++) await store.reveal(store.turns()[0]!.id, seen('derivative'));
    expect(texts()).toEqual({ baseline: ['base', 'from stream-r'], derivative: ['tuned', 'from stream-l'] });
  });

  it('finds its sides where they have changed places', async () => {
    const { store, requests, ask, answer, texts } = setup();
    store.swap();
    store.setBlind(true);
    await ask('Hi');
    await answer();
    expect(requests[0]).toMatchObject({ baseline: 'base', derivative: 'tuned' });
    await store.reveal(store.turns()[0]!.id, seen('baseline'));
    expect(texts()).toEqual({ baseline: ['tuned', 'from stream-r'], derivative: ['base', 'from stream-l'] });
  });

  it('tells only after the vote why a side failed', async () => {
    const { store, ask, transport } = setup();
    store.setBlind(true);
    await ask('Hi');
    const [left] = transport.streams;
    left?.give({ ...LAST, error: { code: 'upstream_error', message: 'This side could not answer. Vote to see why.', retryable: false } } as StreamFrame);
    await left?.end();
    store.stopAll();
    const error = { code: 'upstream_idle', message: 'It fell silent.', retryable: true } as const;
    await store.reveal(store.turns()[0]!.id, seen('baseline', { outcomes: { left: { ...OUTCOME, error }, right: null } }));
    expect(store.turns()[0]?.answers.map(({ answer: { state } }) => state)).toEqual([{ kind: 'failed', fault: error }, { kind: 'stopped' }]);
  });

  it('goes on after a reload where it was, and is still nobody’s', async () => {
    const { store, ask, transport } = setup();
    store.setBlind(true);
    await ask('Hi');
    transport.streams[0]?.give(token('so far'));
    await settled();
    const kept = store.keep();
    store.leave();
    store.take(kept);
    expect(store.isVeiled()).toBe(true);
    expect(transport.streams.slice(2).map(({ position }) => position?.streamId)).toEqual(['stream-l', 'stream-r']);
  });

  it('that could not be drawn hides nothing', async () => {
    const fault = { code: 'store_unavailable', message: 'The disk is full.', retryable: true } as const;
    const { store, ask, texts } = setup(new RunFailure(fault));
    store.setBlind(true);
    await ask('Hi');
    expect(texts()).toEqual({ baseline: ['base', ''], derivative: ['tuned', ''] });
    expect([store.isVeiled(), store.turns()[0]?.answers[0]?.answer.state]).toEqual([false, { kind: 'failed', fault }]);
  });

  it('is no part of what is told to a model before it is known whose words it has', async () => {
    const { store, ask, answer, transport } = setup();
    store.setBlind(true);
    await ask('Hi');
    await answer();
    store.setBlind(false);
    store.setDraft('And?');
    store.send();
    expect(transport.of('base').request.messages).toEqual([{ role: 'user', content: 'And?' }]);
    for (const model of ['base', 'tuned']) {
      transport.of(model).give(end());
      await transport.of(model).end();
    }
  });

  it('asks both with the same values', () => {
    const { store, requests } = setup();
    store.setBlind(true);
    store.settings.link(false);
    store.settings.change('baseline', { system: 'Be brief.' });
    store.setDraft('Hi');
    expect([store.send(), store.obstacle(), requests]).toEqual([false, expect.stringMatching(/^Blind asks both with the same values/), []]);
  });
});
