import { bradleyTerry } from './bradley-terry';

const pair = (one: string, other: string, wins: number, losses: number, ties = 0) => ({ one, other, wins, losses, ties });
const rounded = (strengths: ReadonlyMap<string, number> | null) =>
  strengths && Object.fromEntries([...strengths].map(([model, strength]) => [model, Number(strength.toFixed(5))]));

describe('strengths by Bradley and Terry', () => {
  it('are the odds of the votes where there are two models', () => {
    const strengths = bradleyTerry([pair('a', 'b', 30, 10)]);
    expect((strengths?.get('a') ?? 0) - (strengths?.get('b') ?? 0)).toBeCloseTo(Math.log(3), 8);
  });

  it('fit votes that were made by strengths', () => {
    const odds = { a: 4, b: 2, c: 1 };
    const votes = (one: 'a' | 'b' | 'c', other: 'a' | 'b' | 'c') =>
      pair(one, other, 600 * (odds[one] / (odds[one] + odds[other])), 600 * (odds[other] / (odds[one] + odds[other])));
    expect(rounded(bradleyTerry([votes('a', 'b'), votes('b', 'c'), votes('c', 'a')]))).toEqual({ a: 0.69315, b: 0, c: -0.69315 });
  });

  it('compare models that were never compared, by way of others', () => {
    expect(rounded(bradleyTerry([pair('a', 'b', 3, 1), pair('b', 'c', 3, 1)]))).toEqual({ a: 1.09861, b: 0, c: -1.09861 });
  });

  it('are equal where all is tied, or goes around', () => {
    expect(rounded(bradleyTerry([pair('a', 'b', 0, 0, 5)]))).toEqual({ a: 0, b: 0 });
    expect(Object.values(rounded(bradleyTerry([pair('a', 'b', 2, 1), pair('b', 'c', 2, 1), pair('c', 'a', 2, 1)])) ?? {})).toEqual([0, 0, 0]);
  });

  it.each([
    ['one has never lost', [pair('a', 'b', 5, 0)]],
    ['some were never compared with the others', [pair('a', 'b', 1, 1), pair('c', 'd', 1, 1)]],
    ['two have never lost to the third', [pair('a', 'b', 1, 1), pair('b', 'c', 1, 0)]],
    ['nobody voted', []],
  ])('are none where %s', (_, votes) => {
    expect(bradleyTerry(votes)).toBeNull();
  });
});
