import type { VoteChoice } from '@tandem/shared/contracts';
import { type CountedVotes, rankingOf } from './ranking-of';

const votes = (baseline: string, derivative: string, counts: Partial<Record<VoteChoice, number>>): CountedVotes[] =>
  Object.entries(counts).map(([choice, count]) => ({ baseline, derivative, choice: choice as VoteChoice, count }));
const names = (counted: readonly CountedVotes[]): string[] => rankingOf(counted).map(({ model }) => model);

describe('the ranking of models', () => {
  it('is empty without votes', () => {
    expect(rankingOf([])).toEqual([]);
  });

  it('counts wins, losses and ties of either kind on both sides', () => {
    expect(rankingOf(votes('a', 'b', { baseline: 1, derivative: 3, tie: 2, both_bad: 4 }))).toMatchObject([
      { model: 'b', wins: 3, losses: 1, ties: 6 },
      { model: 'a', wins: 1, losses: 3, ties: 6 },
    ]);
  });

  it('has strengths whose difference is the logarithm of the odds', () => {
    const [first, second] = rankingOf(votes('old', 'new', { baseline: 10, derivative: 30 }));
    expect((first?.strength ?? 0) - (second?.strength ?? 0)).toBeCloseTo(Math.log(3), 6);
    expect((first?.strength ?? 0) + (second?.strength ?? 0)).toBeCloseTo(0, 6);
  });

  it('puts models in one row that were never compared with each other', () => {
    const counted = [...votes('a', 'b', { baseline: 1, derivative: 2 }), ...votes('b', 'c', { baseline: 1, derivative: 2 })];
    expect(names(counted)).toEqual(['c', 'b', 'a']);
    expect(rankingOf(counted).every(({ strength }) => strength !== null)).toBe(true);
  });

  it.each([
    ['somebody never lost', votes('a', 'b', { derivative: 3 }), ['b', 'a']],
    ['two groups never met', [...votes('a', 'b', { baseline: 1, derivative: 2 }), ...votes('c', 'd', { baseline: 5, derivative: 1 })], ['c', 'b', 'a', 'd']],
  ])('goes by the share that was won where %s, without strengths', (_, counted, order) => {
    expect(names(counted)).toEqual(order);
    expect(rankingOf(counted).map(({ strength }) => strength)).toEqual(order.map(() => null));
  });

  it('is in the order of names where nobody is ahead, whatever the order of the votes', () => {
    const counted = [...votes('b', 'a', { tie: 2 }), ...votes('c', 'a', { both_bad: 1 })];
    expect(names(counted)).toEqual(['a', 'b', 'c']);
    expect(names(counted.toReversed())).toEqual(['a', 'b', 'c']);
  });

  it('does not depend on who was called the baseline', () => {
    const told = rankingOf(votes('a', 'b', { baseline: 2, derivative: 5, tie: 1 }));
    expect(rankingOf(votes('b', 'a', { baseline: 5, derivative: 2, tie: 1 }))).toEqual(told);
  });

  it('counts nothing of a model against itself', () => {
    expect(rankingOf(votes('a', 'a', { baseline: 3, derivative: 1, tie: 2 }))).toEqual([{ model: 'a', strength: null, wins: 0, losses: 0, ties: 0 }]);
    expect(rankingOf([...votes('a', 'a', { baseline: 9 }), ...votes('a', 'b', { baseline: 1, derivative: 2 })])).toMatchObject([
      { model: 'b', wins: 2, losses: 1 },
      { model: 'a', wins: 1, losses: 2 },
    ]);
  });
});
