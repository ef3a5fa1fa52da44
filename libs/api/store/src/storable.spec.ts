import { isStorable } from './storable';

/** A value inside that many lists. */
const nested = (levels: number, value: string): unknown => JSON.parse(`${'['.repeat(levels)}${value}${']'.repeat(levels)}`);

describe('isStorable', () => {
  it.each<[string, unknown, boolean]>([
    ['plain text', 'Grüße', true],
    ['no text at all', '', true],
    ['a whole pair of surrogates', '😀', true],
    ['NUL', 'a\0b', false],
    ['the first half of a pair', 'a\ud83d', false],
    ['the second half of a pair', '\ude00a', false],
    ['the halves in the wrong order', '\ude00\ud83d', false],
    ['a number, a flag and nothing', [1, true, null, undefined], true],
    ['NUL in a list', ['a', ['b', '\0']], false],
    ['NUL in a name', { a: { 'b\0': 1 } }, false],
    ['half a character under a name', { a: { b: ['\ud83d'] } }, false],
  ])('of %s', (_, value, expected) => {
    expect(isStorable(value)).toBe(expected);
  });

  it.each([
    ['"a"', true],
    ['"a\\u0000"', false],
  ])('reaches the bottom of a value that is nested 100,000 times: %s', (value, expected) => {
    expect(isStorable(nested(100_000, value))).toBe(expected);
  });
});
