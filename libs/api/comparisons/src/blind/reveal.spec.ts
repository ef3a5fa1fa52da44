import type { PairSide } from '@tandem/shared/contracts';
import type { KeptBlind, Outcome } from './kept-blinds';
import { revealOf, sideOf } from './reveal';

const outcome = (total: number, seed: number): Outcome => ({
  timings: { queue_ms: 0, load_ms: 0, ttft_ms: 1, total_ms: total, tokens_per_second: null, source: 'measured' },
  usage: { prompt_tokens: 1, completion_tokens: total, total_tokens: total + 1 },
  error: null,
  ignored_parameters: [],
  seed,
});
const OUTCOMES = { baseline: outcome(10, 1), derivative: outcome(20, 2) };
const blind = (left: PairSide, outcomes?: KeptBlind['outcomes']): KeptBlind => ({
  ...{ id: 'x', baseline: 'old', derivative: 'new', left, createdAtMs: 0, choice: null },
  outcomes,
});

describe('the side that a choice is for', () => {
  it.each([
    ['left', 'baseline', 'baseline'],
    ['right', 'baseline', 'derivative'],
    ['left', 'derivative', 'derivative'],
    ['right', 'derivative', 'baseline'],
    ['tie', 'baseline', 'tie'],
    ['both_bad', 'derivative', 'both_bad'],
  ] as const)('%s with the %s on the left is %s', (choice, left, side) => {
    expect(sideOf(choice, left)).toBe(side);
    expect(revealOf(blind(left), choice)).toMatchObject({ choice, vote: side });
  });
});

describe('what a vote brings to light', () => {
  it('is who was where, and what came of each', () => {
    const { timings: left, ...leftRest } = OUTCOMES.derivative;
    const { timings: right, ...rightRest } = OUTCOMES.baseline;
    expect(revealOf(blind('derivative', OUTCOMES), 'right')).toEqual({
      choice: 'right',
      vote: 'baseline',
      sides: { left: 'derivative', right: 'baseline' },
      models: { left: 'new', right: 'old' },
      timings: { left, right },
      outcomes: { left: leftRest, right: rightRest },
    });
  });

  it('is the other way round where the baseline was left', () => {
    expect(revealOf(blind('baseline', OUTCOMES), 'tie')).toMatchObject({
      sides: { left: 'baseline', right: 'derivative' },
      models: { left: 'old', right: 'new' },
      timings: { left: { total_ms: 10 }, right: { total_ms: 20 } },
      outcomes: { left: { seed: 1 }, right: { seed: 2 } },
    });
  });

  it('is no figures where the server restarted meanwhile', () => {
    expect(revealOf(blind('baseline'), 'left')).toMatchObject({ timings: { left: null, right: null }, outcomes: { left: null, right: null } });
  });
});
