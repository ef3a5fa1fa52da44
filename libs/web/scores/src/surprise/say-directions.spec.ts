import { type ScoredDirection, sayDirections } from './say-directions';

const NAMES = { baseline: 'Baseline', derivative: 'Two Delta' };
const direction = (side: ScoredDirection['side'], baseline: number | null, derivative: number | null): ScoredDirection => ({
  side,
  divergence: { bits_per_byte: { baseline, derivative } },
});

describe('sayDirections', () => {
  it('says that each is less surprised by its own, with the figures', () => {
    expect(sayDirections([direction('baseline', 0.9, 2.1), direction('derivative', 1.85, 0.7)], NAMES)).toEqual({
      verdict: 'Each model is less surprised by its own answer.',
      figures: 'Bits per byte: Baseline’s answer 0.90 under itself, 2.10 under Two Delta; Two Delta’s answer 0.70 under itself, 1.85 under Baseline.',
    });
  });

  it.each<[string, readonly ScoredDirection[], string]>([
    ['says it of the one that is known', [direction('derivative', 1.85, 0.7)], 'Two Delta is less surprised by its own answer.'],
    [
      'says where it is otherwise: what a temperature made may be likelier to the other',
      [direction('baseline', 2.1, 0.9), direction('derivative', 1.85, 0.7)],
      'Two Delta finds Baseline’s answer likelier than Baseline itself does.',
    ],
    [
      'says that nothing differs where nothing does',
      [direction('baseline', 1, 1), direction('derivative', 1, 1)],
      'Both models find both answers equally likely.',
    ],
  ])('%s', (_, directions, verdict) => {
    expect(sayDirections(directions, NAMES)?.verdict).toBe(verdict);
  });

  it.each([[[]], [[direction('baseline', null, 1)]]])('says nothing while nothing is known: %j', (directions) => {
    expect(sayDirections(directions, NAMES)).toBeUndefined();
  });
});
