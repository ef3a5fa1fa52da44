import { textOf } from './byte-letters';
import { characterVocabulary } from './characters';
import { merged } from './merging';

const LETTERS = ['\n', ' ', 'a', 'é', 'è', '☕', '🦀'];
const itos = (letters: readonly unknown[]) => new Map(letters.map((letter, id) => [id, letter]));

describe('a vocabulary of characters', () => {
  const { tokens, merges, ends, bos } = characterVocabulary(itos(LETTERS), LETTERS.length);

  it('has one token a character, and one more that ends a text', () => {
    expect(tokens.slice(0, -1).map(textOf)).toEqual(LETTERS);
    expect({ bos, ends, count: tokens.length }).toEqual({ bos: 7, ends: [7], count: 8 });
  });

  it('puts characters of several bytes together, and never two of them', () => {
    const ranks = new Map((merges ?? []).map((merge, rank) => [merge, rank]));
    expect(merged(`${tokens[3]}${tokens[4]}${tokens[6]}${tokens[5]}`, ranks)).toEqual([tokens[3], tokens[4], tokens[6], tokens[5]]);
  });

  it.each([
    ['as many characters as the weights have rows', itos(['a']), /1 characters .* rows for 2/],
    [
      'a character for every id',
      new Map([
        [0, 'a'],
        [5, 'b'],
      ]),
      /nothing about token 1/,
    ],
    ['single characters', itos(['a', 'word']), /longer than one character/],
  ])('needs %s', (_title, letters, reason) => {
    expect(() => characterVocabulary(letters, 2)).toThrow(reason);
  });
});
