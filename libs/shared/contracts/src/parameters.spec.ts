import { describeRange, isInRange, PARAMETER_RANGES } from './parameters';

describe('isInRange', () => {
  it.each([
    ['temperature', 0, true],
    ['temperature', 2, true],
    ['temperature', 2.01, false],
    ['top_p', 0, false],
    ['top_p', 1, true],
    ['top_k', 1.5, false],
    ['max_tokens', 0, false],
    ['max_tokens', '100', false],
    ['max_tokens', Number.NaN, false],
    ['max_tokens', Number.POSITIVE_INFINITY, false],
    ['seed', Number.MAX_SAFE_INTEGER, true],
    ['seed', -1, false],
  ] as const)('%s = %p: %p', (name, value, expected) => {
    expect(isInRange(value, PARAMETER_RANGES[name])).toBe(expected);
  });
});

describe('describeRange', () => {
  it('says whether the lower end is included', () => {
    expect(describeRange(PARAMETER_RANGES.top_p)).toBe('a number above 0 to 1');
    expect(describeRange(PARAMETER_RANGES.max_tokens)).toBe('an integer from 1 to 32768');
  });
});
