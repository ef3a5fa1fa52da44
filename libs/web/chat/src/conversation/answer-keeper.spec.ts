import { signal } from '@angular/core';
import { type AnswerView } from '@tandem/web/run';
import { jest } from '@jest/globals';
import { THIS_PAGE } from '../archive/page-identity';
import { type AnswerRecord } from '../archive/records';
import { answer } from '../testing/records';
import { AnswerKeeper } from './answer-keeper';

const VIEW: AnswerView = {
  ...{ id: 'v', prompt: 'Where to?', thoughts: '', text: '', state: { kind: 'streaming' } },
  ...{ firstTokenMs: null, tokensPerSecond: null, tokens: 0, ignored: [] },
};

function setup() {
  const view = signal(VIEW);
  const saved: AnswerRecord[] = [];
  const archive = { save: async ({ messages = [] }) => void saved.push(...(messages as AnswerRecord[])) };
  const run = { answer: view, position: () => ({ streamId: 's', number: view().tokens }) };
  const keeper = new AnswerKeeper(answer('a1', 'q0', '', { end: null }), run as never, { archive, nowMs: () => 7 });
  keeper.begin();
  return {
    keeper,
    saved,
    grow: (text: string, tokens: number) => view.set({ ...VIEW, text, tokens }),
    end: () => view.update((it) => ({ ...it, state: { kind: 'stopped' } })),
  };
}

describe('AnswerKeeper', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('writes what there is while it grows, with where another page could go on', async () => {
    const { keeper, saved, grow } = setup();
    grow('To', 1);
    jest.advanceTimersByTime(500);
    grow('To the sea', 3);
    jest.advanceTimersByTime(500);
    expect(saved.map(({ text, position, end }) => [text, position?.number, end])).toEqual([
      ['To', 1, null],
      ['To the sea', 3, null],
    ]);
    expect(saved[0]).toMatchObject({ id: 'a1', writer: THIS_PAGE, writtenAtMs: 7 });
    await keeper.end();
  });

  it('writes now and then that it is alive while nothing comes', async () => {
    const { keeper, saved } = setup();
    jest.advanceTimersByTime(1_900);
    expect(saved).toHaveLength(0);
    jest.advanceTimersByTime(2_600);
    expect(saved).toHaveLength(2);
    await keeper.end();
  });

  it('writes how it ended, and no more after that', async () => {
    const { keeper, saved, grow, end } = setup();
    grow('To', 1);
    end();
    expect(await keeper.end()).toMatchObject({ text: 'To', end: { kind: 'stopped' } });
    jest.advanceTimersByTime(10_000);
    dispatchEvent(new Event('pagehide'));
    expect(saved).toHaveLength(1);
  });

  it('leaves a parting word when its page goes: nobody is to wait for more of it', async () => {
    const { keeper, saved, grow } = setup();
    grow('To the', 2);
    dispatchEvent(new Event('pagehide'));
    expect(saved).toMatchObject([{ text: 'To the', writtenAtMs: 0, end: null }]);
    await keeper.end();
  });
});
