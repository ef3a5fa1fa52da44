import { logSumExp } from './log-sum-exp';

describe('logSumExp', () => {
  it('neither overflows nor vanishes', () => {
    expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 10);
    expect(logSumExp([-1000, -1000])).toBeCloseTo(-1000 + Math.LN2, 10);
  });

  it('keeps every digit over a flat vocabulary of 100,000', () => {
    expect(logSumExp(new Float64Array(100_000))).toBe(Math.log(100_000));
  });

  it('is that of nothing where nothing is possible', () => {
    expect(logSumExp([])).toBe(Number.NEGATIVE_INFINITY);
    expect(logSumExp([Number.NEGATIVE_INFINITY])).toBe(Number.NEGATIVE_INFINITY);
  });

  it('does not hide a value that is no number', () => {
    expect(logSumExp([1, Number.NaN])).toBeNaN();
  });
});
