import { wordCount } from './word-count';

describe('wordCount', () => {
  it.each([
    ['', 0],
    ['   \n\t', 0],
    ['… — !? 😀', 0],
    ['one', 1],
    ['one  two\nthree', 3],
    ['Well, yes – and no!', 4],
    ["don't", 1],
    ['don’t stop', 2],
    ['state-of-the-art', 4],
    ['3.14 and 1,000', 3],
    ['snake_case', 1],
    ['Grüße aus Köln', 3],
    ['東京', 1],
    ['สวัสดีครับ', 2],
  ])('of %j is %d', (text, count) => {
    expect(wordCount(text)).toBe(count);
  });
});
