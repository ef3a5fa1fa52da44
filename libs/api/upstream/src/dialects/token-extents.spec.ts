import { endsOf } from './token-extents';

const ends = (tokens: readonly string[], text: string) => endsOf(tokens, Buffer.from(text, 'utf8'));

describe('where each token of a text ends', () => {
  it.each<[string, readonly string[], string, readonly number[]]>([
    ['whole words', ['The', ' sea', '.'], 'The sea.', [3, 7, 8]],
    ['words without the space before them', ['The', 'sea', '.'], 'The sea.', [3, 7, 8]],
    ['a space that decodes to nothing', ['a', '', 'b'], 'a  b', [1, 2, 4]],
    ['an emoji in two and two bytes', ['�', '��'], '😀', [2, 4]],
    ['an emoji byte by byte', ['�', '�', '�', '�'], '😀', [1, 2, 3, 4]],
    ['the end of one character and the beginning of the next', ['�', '���', '��'], '良良', [1, 4, 6]],
    ['a space and part of a character', [' �', '�', '�'], ' 😀', [3, 4, 5]],
    ['part of a character by its bytes', ['ð\u009f', '\u0098', '\u0080'], '😀', [2, 3, 4]],
    ['characters that look like bytes', ['Ã', '©'], 'Ã©', [2, 4]],
    ['the sign for what cannot be read, written out', ['a', '�', 'b'], 'a�b', [1, 4, 5]],
    ['no tokens of no text', [], '', []],
  ])('is found: %s', (_, tokens, text, expected) => {
    expect(ends(tokens, text)).toEqual(expected);
  });

  it.each<[string, readonly string[], string]>([
    ['other words', ['The', ' lake'], 'The sea'],
    ['less than the text', ['The'], 'The sea'],
    ['more than the text', ['The', ' sea', '.'], 'The sea'],
    ['a token of no bytes before the whole character', ['', '😀'], '😀'],
    ['several ways to cut two characters', ['�', '��', '�', '�'], '😀良'],
  ])('is not told: %s', (_, tokens, text) => {
    expect(ends(tokens, text)).toBeUndefined();
  });

  it('is found in a long text in little time', () => {
    const tokens = Array.from({ length: 50_000 }, () => [' word', ' �', '�', '�']).flat();
    expect(ends(tokens, ' word 😀'.repeat(50_000))).toHaveLength(tokens.length);
  });
});
