import { firstDifference } from './first-difference';

describe('firstDifference', () => {
  it.each([
    ['A river.', 'A river.', undefined],
    ['A river.', 'A lake.', 2],
    ['cat', 'cats', 1],
    ['one two', 'one two three', 3],
    ['Hello world', 'Hello, world', 2],
    ['Yes.', 'No.', 1],
    ['', 'Hi', 1],
    ['東京は大きい', '東京は小さい', 3],
  ])('of %j and %j is word %s', (one, other, word) => {
    expect(firstDifference(one, other)).toBe(word);
    expect(firstDifference(other, one)).toBe(word);
  });

  it('is found at the end of a long answer within a frame or two', () => {
    const long = 'word '.repeat(20_000);
    const beganAtMs = performance.now();
    expect(firstDifference(`${long}a`, `${long}b`)).toBe(20_001);
    expect(performance.now() - beganAtMs).toBeLessThan(500);
  });
});
