import { STEPS, stepOf } from './steps';

describe('stepOf', () => {
  it.each([
    [1, 0],
    [0.5, 0],
    [0.49, 1],
    [0.1, 1],
    [0.09, 2],
    [0.01, 2],
    [0.009, 3],
    [0.001, 3],
    [0.0009, 4],
    [1e-9, 4],
  ])('of a probability of %d is %d', (share, step) => {
    expect(stepOf(-Math.log2(share))).toBe(step);
  });

  it('is none where there is no probability, and each has words', () => {
    expect(stepOf(null)).toBe(0);
    expect(STEPS.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
  });
});
