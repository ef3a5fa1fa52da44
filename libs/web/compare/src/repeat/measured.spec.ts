import { type AnswerView } from '@tandem/web/run';
import { withRun } from './measured';
import { sayRuns } from './say-runs';

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
    expect(sayRuns(measured, 5, false)).toBe('3 runs · first token 42 ms (40 ms to 44 ms) · 100 tok/s (100 to 100)');
  });

  it('are told with the interval of their median, from six on', () => {
    const measured = [900, 40, 41, 42, 43, 44, 45, 46, 47, 48].reduce((all, firstTokenMs) => withRun(all, run({ firstTokenMs, tokensPerSecond: 9.5 })), none);
    expect(sayRuns(measured, 5, false)).toBe('10 runs · first token 45 ms (95 %: 41 ms to 48 ms) · 9.5 tok/s (95 %: 9.5 to 9.5)');
  });

  it('count as they come, and only those that came to their end', () => {
    const measured = withRun(withRun(none, run({})), run({ state: { kind: 'stopped' } }));
    expect(sayRuns(measured, 5, true)).toMatch(/^1 of 5 runs/);
    expect(sayRuns({ ...withRun(none, run({})), planned: 6 }, 5, true)).toMatch(/^1 of 6 runs/);
    expect(sayRuns(none, 5, true)).toBe('run 1 of 5');
    expect(sayRuns(none, 5, false)).toBe('no run came to its end');
  });
});
