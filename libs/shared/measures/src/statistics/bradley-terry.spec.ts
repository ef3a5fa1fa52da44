import { bradleyTerry, type Encounter } from './bradley-terry';

const met = (one: string, other: string, oneWins: number, otherWins: number, ties = 0): Encounter => ({ one, other, oneWins, otherWins, ties });

describe('bradleyTerry', () => {
  it('is the odds of two models', () => {
    const [first, second] = bradleyTerry([met('a', 'b', 10, 30)]) ?? [];
    expect(first?.model).toBe('b');
    expect((first?.strength ?? 0) / (second?.strength ?? 1)).toBeCloseTo(3, 9);
  });

  it('finds the strengths that several models’ wins were made from', () => {
    const truth = { a: 4, b: 2, c: 1, d: 0.5 };
    const names = Object.keys(truth) as (keyof typeof truth)[];
    const encounters = names.flatMap((one, at) =>
      names
        .slice(at + 1)
        .map((other) => met(one, other, 1_000 * (truth[one] / (truth[one] + truth[other])), 1_000 * (truth[other] / (truth[one] + truth[other])))),
    );
    const found = bradleyTerry(encounters) ?? [];
    expect(found.map(({ model }) => model)).toEqual(names);
    for (const [at, { strength }] of found.entries()) expect(strength / (found[3]?.strength ?? 1)).toBeCloseTo(2 ** (3 - at), 6);
    expect(found.reduce((product, { strength }) => product * strength, 1)).toBeCloseTo(1, 9);
  });

  it('expects as many wins of everyone as there were, which is where the likelihood is greatest', () => {
    const encounters = [met('a', 'b', 7, 3), met('b', 'c', 5, 4, 2), met('a', 'c', 1, 2)];
    const strengths = new Map((bradleyTerry(encounters) ?? []).map(({ model, strength }) => [model, strength]));
    const expected = (model: string): number =>
      encounters.reduce((sum, { one, other, oneWins, otherWins, ties }) => {
        if (one !== model && other !== model) return sum;
        const rival = strengths.get(one === model ? other : one) ?? 0;
        const own = strengths.get(model) ?? 0;
        return sum + ((oneWins + otherWins + ties) * own) / (own + rival);
      }, 0);
    expect(expected('a')).toBeCloseTo(8, 8);
    expect(expected('b')).toBeCloseTo(9, 8);
    expect(expected('c')).toBeCloseTo(7, 8);
  });

  it('knows no strength where somebody never won, never lost, or never met the others', () => {
    expect(bradleyTerry([met('a', 'b', 5, 0)])).toBeNull();
    expect(bradleyTerry([met('a', 'b', 1, 1), met('c', 'a', 3, 0)])).toBeNull();
    expect(bradleyTerry([met('a', 'b', 1, 1), met('c', 'd', 1, 1)])).toBeNull();
    expect(bradleyTerry([])).toBeNull();
  });

  it('takes a tie for half a win of both', () => {
    expect(bradleyTerry([met('a', 'b', 0, 0, 4)])).toEqual([
      { model: 'a', strength: 1 },
      { model: 'b', strength: 1 },
    ]);
  });

  it('refuses a model that met itself', () => {
    expect(() => bradleyTerry([met('a', 'a', 1, 1)])).toThrow('a cannot be compared with itself');
  });
});
