import { type AnswerState, type AnswerView } from './answer-view';
import { announce, isOngoing, progressOf, sayState } from './answer-words';

const CONVERTING: AnswerState = { kind: 'converting', progress: 0.409 };

describe('an answer that waits for its model', () => {
  it.each([
    [CONVERTING, 'converting 40 %', { what: 'Converting', value: 0.409 }],
    [{ kind: 'converting' }, 'converting', undefined],
    [{ kind: 'loading', progress: 0.999 }, 'loading 99 %', { what: 'Loading', value: 0.999 }],
    [{ kind: 'loading' }, 'loading', undefined],
    [{ kind: 'prompt' }, 'reading the prompt', undefined],
  ] as const)('says how far it is: %j', (state, words, progress) => {
    expect(sayState(state)).toEqual({ words, mark: 'busy' });
    expect(progressOf(state)).toEqual(progress);
    expect(isOngoing(state)).toBe(true);
  });

  it('is told aloud once, not with every step', () => {
    const spoken = [0, 0.2, 0.9].map((progress) => announce('Baseline', { state: { ...CONVERTING, progress } } as AnswerView));
    expect(new Set(spoken)).toEqual(new Set(['Baseline: converting the checkpoint']));
  });
});
