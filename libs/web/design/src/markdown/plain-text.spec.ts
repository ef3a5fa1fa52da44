import { PlainText } from './plain-text';

function shown(...texts: string[]) {
  const host = document.createElement('div');
  const plain = new PlainText(host);
  for (const text of texts) plain.show(text);
  return { text: host.textContent, pieces: Array.from(host.children, ({ textContent }) => textContent ?? '') };
}

describe('PlainText', () => {
  it.each([
    ['lines', 'a line of some words\n'.repeat(2_000)],
    ['one line', 'word '.repeat(10_000)],
    ['one word', 'a'.repeat(20_001)],
    ['characters that are two', 'a🦙'.repeat(9_000)],
  ])('loses nothing of %s, however it comes', (_, text) => {
    const grown = Array.from({ length: 40 }, (_, n) => text.slice(0, (text.length * (n + 1)) / 40));
    expect(shown(text).text).toBe(text);
    expect(shown(...grown).text).toBe(text);
    for (const piece of shown(...grown).pieces) expect(piece.length).toBeLessThanOrEqual(4_000);
  });

  it('cuts between lines, else between words, and never a character', () => {
    expect(new Set(shown('a line of some words\n'.repeat(2_000)).pieces.map((piece) => piece.at(-1)))).toEqual(new Set(['\n']));
    expect(new Set(shown('word '.repeat(10_000)).pieces.map((piece) => piece.at(-1)))).toEqual(new Set([' ']));
    for (const piece of shown('a🦙'.repeat(9_000)).pieces) expect(() => encodeURIComponent(piece)).not.toThrow();
  });
});
