import { argMax } from './arg-max';

describe('argMax', () => {
  it('is the index of the largest, the lowest of equals', () => {
    expect(argMax([1, 3, 2, 3])).toBe(1);
    expect(argMax(Float32Array.of(-5, -4))).toBe(1);
  });

  it('finds one even where nothing is possible, and none of nothing', () => {
    expect(argMax([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe(0);
    expect(argMax([])).toBeUndefined();
  });
});
