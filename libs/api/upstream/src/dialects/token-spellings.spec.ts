import { bytesOfSpellings } from './token-spellings';

describe("the bytes of a vocabulary's spellings", () => {
  it.each<[string, readonly string[], string, readonly (readonly number[])[]]>([
    ['byte by byte, a space as Ġ', ['a', 'Ġb', 'Ċ'], 'a b\n', [[97], [32, 98], [10]]],
    ['byte by byte, part of a character', ['Ġð', 'Ł', 'ĺ', 'Ģ'], ' 😀', [[32, 0xf0], [0x9f], [0x98], [0x80]]],
    ['as SentencePiece does', ['a', '▁b', 'ü'], 'a bü', [[97], [32, 98], [0xc3, 0xbc]]],
    ['as SentencePiece does, with a space put before the text', ['▁a', '▁b'], 'a b', [[97], [32, 98]]],
    ['as SentencePiece does, by bytes', ['▁', '<0xF0>', '<0x9F>', '<0x98>', '<0x80>'], '😀', [[], [0xf0], [0x9f], [0x98], [0x80]]],
    ['a text that looks like a byte', ['<0x41>'], 'A', [[0x41]]],
  ])('are read: %s', (_, spellings, text, bytes) => {
    expect(bytesOfSpellings(spellings, text)).toEqual(bytes);
  });

  it.each<[string, readonly string[], string]>([
    ['another text', ['a', 'Ġc'], 'a b'],
    ['a part of the text', ['a'], 'a b'],
    ['words of a third kind', ["b'a'", "b' b'"], 'a b'],
  ])('are not taken for %s', (_, spellings, text) => {
    expect(bytesOfSpellings(spellings, text)).toBeUndefined();
  });
});
