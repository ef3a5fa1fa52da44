import { type ScoredDirection, sayDirections } from './say-directions';

const NAMES = { baseline: 'Baseline', derivative: 'Two Delta' };
const direction = (side: ScoredDirection['side'], baseline: number | null, derivative: number | null): ScoredDirection => ({
  side,
  divergence: { bits_per_byte: { baseline, derivative } },
});

describe('sayDirections', () => {
  it('says that each is less surprised by its own, with the figures', () => {
    expect(sayDirections([direction('baseline', 0.9, 2.1), direction('derivative', 1.85, 0.7)], NAMES)).toBe(
      'Each model is less surprised by its own answer. Baseline’s takes 0.90 bits per byte under itself and 2.10 under Two Delta; Two Delta’s takes 0.70 bits per byte under itself and 1.85 under Baseline.',
    );
  });

  it('says it of the one that is known', () => {
    expect(sayDirections([direction('derivative', 1.85, 0.7)], NAMES)).toMatch(/^Two Delta is less surprised by its own answer\. Two Delta’s takes 0\.70/);
  });

  it('says where it is otherwise: what a temperature made may be likelier to the other', () => {
    expect(sayDirections([direction('baseline', 2.1, 0.9), direction('derivative', 1.85, 0.7)], NAMES)).toMatch(
      /^Two Delta finds Baseline’s answer likelier than Baseline itself does\./,
    );
  });

  it('says that nothing differs where nothing does', () => {
    expect(sayDirections([direction('baseline', 1, 1), direction('derivative', 1, 1)], NAMES)).toMatch(/^Both models find .* equally likely\./);
  });

  it('says nothing while nothing is known', () => {
    expect(sayDirections([], NAMES)).toBe('');
    expect(sayDirections([direction('baseline', null, 1)], NAMES)).toBe('');
  });
});
