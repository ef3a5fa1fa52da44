import { quoted } from './quoted';

describe('a name out of a file, in a sentence', () => {
  it.each([
    ['as it is', 'layers.0.größe', '"layers.0.größe"'],
    ['without quotes of its own', 'a"b', '"a?b"'],
    ['without line breaks and other controls', 'a\nb\u0007\u2028', '"a?b??"'],
    ['without marks that turn the sentence round', 'a\u202eb', '"a?b"'],
    ['to its 80th character', 'x'.repeat(80), `"${'x'.repeat(80)}"`],
    ['and no further', 'x'.repeat(81), `"${'x'.repeat(80)}…"`],
  ])('stands %s', (_title, name, expected) => {
    expect(quoted(name)).toBe(expected);
  });
});
