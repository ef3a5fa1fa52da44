import { judgesOf, type RunSpec, seedOf } from './run-spec';

const MOST = Number.MAX_SAFE_INTEGER;
const specOf = (seed: number): RunSpec => ({
  isPair: true,
  models: ['a', 'b'],
  set: { id: 's', name: 's', count: 1 },
  parameters: { seed },
  repeats: 20,
  score: false,
});

describe('seedOf', () => {
  it.each([
    [0, 1, 0],
    [0, 20, 19],
    [7, 1, 7],
    [7, 2, 8],
    [MOST - 1, 1, MOST - 1],
    [MOST - 1, 2, MOST],
    [MOST - 1, 3, 0],
    [MOST, 1, MOST],
    [MOST, 2, 0],
    [MOST, 3, 1],
  ])('of %d in repeat %d is %d', (seed, repeat, expected) => {
    expect(seedOf(specOf(seed), repeat)).toBe(expected);
  });

  it.each([0, 1, 2 ** 31, 2 ** 32 - 5, MOST - 21, MOST - 20, MOST - 19, MOST - 10, MOST - 1, MOST])(
    'is another in each of 20 repeats, and one that can be asked for: from %d on',
    (seed) => {
      const seeds = Array.from({ length: 20 }, (_, at) => seedOf(specOf(seed), at + 1));
      expect(new Set(seeds).size).toBe(20);
      expect(seeds.every((one) => Number.isSafeInteger(one) && one >= 0)).toBe(true);
      expect(seeds[0]).toBe(seed);
    },
  );
});

describe('judgesOf', () => {
  it('are the models that judge, and no other checks', () => {
    expect(judgesOf([{ type: 'json' }, { type: 'judge', value: 'm' }, { type: 'contains', value: 'n' }])).toEqual(['m']);
    expect(judgesOf([{ type: 'json' }])).toEqual([]);
    expect(judgesOf()).toEqual([]);
  });
});
