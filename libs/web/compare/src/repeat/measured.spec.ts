import { type AnswerView } from '@tandem/web/run';
import { spreadOf, withRun } from './measured';
import { sayRuns } from './say-runs';

describe('spreadOf', () => {
  it.each([
    [[3, 1, 2], { median: 2, least: 1, greatest: 3 }],
    [[4, 1, 2, 3], { median: 2.5, least: 1, greatest: 4 }],
    [[7], { median: 7, least: 7, greatest: 7 }],
    [[], undefined],
  ])('of %j', (values, spread) => expect(spreadOf(values)).toEqual(spread));
});

describe('runs', () => {
  const none = { side: 'baseline', firstTokenMs: [], tokensPerSecond: [] };
  const run = (more: Partial<AnswerView>): AnswerView =>
    ({
      state: { kind: 'done' },
      firstTokenMs: 42,
      tokensPerSecond: 100,
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      ...more,
    }) as AnswerView;

  it('are told by their middle, the least and the greatest', () => {
    const measured = [40, 44, 42].reduce((all, firstTokenMs) => withRun(all, run({ firstTokenMs })), none);
    expect(sayRuns([measured], 5, false)).toMatchObject([{ name: 'Baseline', words: '3 runs · first token 42 ms (40 ms to 44 ms) · 100 tok/s (100 to 100)' }]);
  });

  it('count as they come, and only those that came to their end', () => {
    const measured = withRun(withRun(none, run({})), run({ state: { kind: 'stopped' } }));
    expect(sayRuns([measured], 5, true)[0]?.words).toMatch(/^1 of 5 runs/);
    expect(sayRuns([none], 5, true)[0]?.words).toBe('run 1 of 5');
    expect(sayRuns([none], 5, false)[0]?.words).toBe('no run came to its end');
  });
});
