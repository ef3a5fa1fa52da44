import { integerRange, numberRange } from './number-range';

/** A rule without names reads as a regular expression, but for the quotes and the spaces. */
const asPattern = (rule: string | null): RegExp =>
  new RegExp(`^(?:${(rule ?? '').replace(/"([^"]*)"/g, (_, text: string) => text.replace('.', '\\.')).replaceAll(' ', '')})$`);

describe('a range of integers', () => {
  it.each([
    [0, 0],
    [0, 9],
    [0, 10],
    [1, 12],
    [7, 7],
    [18, 120],
    [95, 1305],
    [100, 999],
    [109, 110],
    [-5, 5],
    [-120, -7],
    [-1, 0],
    [-1000, 1],
  ])('from %d to %d holds just those', (least, most) => {
    const pattern = asPattern(integerRange(least, most));
    for (let number = -1500; number <= 1500; number++) expect([number, pattern.test(String(number))]).toEqual([number, number >= least && number <= most]);
  });

  it('that is open on one side ends where integers are no longer exact', () => {
    const pattern = asPattern(integerRange(3));
    expect(['2', '3', '42', '999999999999999', '1000000000000000'].map((text) => pattern.test(text))).toEqual([false, true, true, true, false]);
  });

  it('that is empty is none', () => {
    expect(integerRange(3, 2)).toBeNull();
    expect(integerRange(0.2, 0.8)).toBeNull();
  });
});

describe('a range of numbers', () => {
  it.each([
    [0, 1],
    [-1, 1],
    [-20, -3],
    [5, 5],
    [0, 0],
    [-2, 0],
  ])('from %d to %d holds what lies between them', (least, most) => {
    const pattern = asPattern(numberRange(least, most));
    for (const text of ['-20', '-20.1', '-3', '-2.999', '-1', '-1.01', '-0.5', '0', '0.001', '0.9999', '1', '1.0', '1.001', '5', '5.0', '5.1', '4.9']) {
      const isInside = Number(text) >= least && Number(text) <= most;
      expect([text, pattern.test(text)]).toEqual([text, isInside]);
    }
  });
});
