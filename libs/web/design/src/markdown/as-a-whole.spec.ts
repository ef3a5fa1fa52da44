import { BlockSplitter } from './block-splitter';
import { MarkdownView } from './markdown-view';
import { References } from './references';
import * as renderer from './render-block';

const SURROUNDINGS = { nowMs: () => 0, later: (work: () => void) => work() };

/** The text in one block, as if there were no splitter. */
function whole(text: string): string {
  const references = new References();
  for (const { source } of new BlockSplitter().finish(text).settled) references.add(source);
  const host = document.createElement('div');
  renderer.renderBlock(host, text, { references });
  return plain(host.innerHTML);
}

/** The text as it comes in pieces of so many characters. */
function streamed(text: string, characters: number): HTMLElement {
  const host = document.createElement('div');
  const view = new MarkdownView(host, renderer, SURROUNDINGS);
  for (let length = 0; length < text.length; length += characters) view.show(text.slice(0, length), false);
  view.show(text, true);
  return host;
}

const html = (host: HTMLElement): string => plain(Array.from(host.children, ({ innerHTML }) => innerHTML).join(''));
const plain = (text: string): string => text.replaceAll(/>\s+</g, '><').replaceAll(/\s+/g, ' ').trim();
const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const PARTS = [
  'A paragraph\nof two lines.',
  '# Heading',
  'Set\n---',
  '- one\n- two',
  '- one\n\n- two\n\n  more of two\n\n- three',
  '1. first\n\n   more of first\n\n2. second\n3. third',
  '1. one\n   ```js\n   let a;\n\n   let b;\n   ```\n2. two',
  '3. three\n\n       indented code\n4. four',
  '1. same\n1. same\n1. same',
  '5) five\n6) six',
  '  - pushed in\n\n  - and this',
  '- a\n  # heading in it\n- b',
  '- [x] done\n- [ ] not',
  '- outer\n  1. inner\n\n     more\n  2. inner\n- outer',
  'Steps:\n1. one\n\n   more of one\n\n2. two',
  'Points:\n- one\n\n  more of one\n\n- two',
  '    code\n\n    code on',
  '```python title="a.py"\nx = 1\n\ny = 2\n```',
  '~~~\na\n\nb\n~~~',
  '> quote\n> on\nlazy',
  '> - in a quote\n>\n> ```\n> code\n> ```',
  '| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |',
  '| a |\n|---|\n| 1 | 2 | 3 |',
  '***',
  '<div>\n  <b>x</b> *y*\n</div>',
  '<!-- a\n\nb -->',
  '<b>bold</b> text\n- item\n\n  more',
  'See [this][ref], [that] and a note[^1].',
  '[ref]: https://example.org/r "title"\n[that]: <https://example.org/t>',
  '[^1]: The note.\n\n    Its second part.\n[^2]: Another.',
  'Text $x_1 * y$ and \\(a * b\\), costs $5 and $10.',
  '$$\na\n- b\n= c\n$$',
  '\\[\nx = \\frac{1}{2}\n\\]',
  '$$\nnever closed\n\n- after',
  'Q &amp; A &copy; &lt;b&gt;',
  'two  \nlines\\\nand three',
  '#no heading',
  'snake_case_name and 2*3*4 and ~5~',
  'שלום *a*\n\n- אחת',
  '10. ten\n\n11. eleven\n\n```\nx\n```\n\n12. twelve',
]; // prettier-ignore

/** A small generator of numbers below `limit`, the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function mixed(seed: number): string {
  const below = numbers(seed);
  return Array.from({ length: 5 }, () => `${PARTS[below(PARTS.length)]}${below(3) === 0 ? '\n' : '\n\n'}`).join('');
}

describe('a text that is shown block by block', () => {
  it.each(PARTS)('is what it is as a whole: %j', (text) => {
    expect(html(streamed(text, 1_000))).toBe(whole(text));
    for (const characters of [1, 7]) expect(html(streamed(text, characters))).toBe(whole(text));
  });

  it('is what it is as a whole, whatever follows on what', () => {
    for (let seed = 0; seed < 120; seed++) {
      const text = mixed(seed);
      expect({ text, html: html(streamed(text, 1_000)) }).toEqual({ text, html: whole(text) });
    }
  });

  it('is the same in any pieces', () => {
    for (let seed = 1_000; seed < 1_012; seed++) {
      const text = mixed(seed);
      for (const characters of [1, 3, 50]) expect(html(streamed(text, characters))).toBe(html(streamed(text, text.length)));
    }
  });

  it('keeps every word', () => {
    for (let seed = 2_000; seed < 2_060; seed++) {
      const text = mixed(seed);
      const host = streamed(text, 1_000);
      const shown = new Set([...words(host.innerHTML), ...Array.from(host.querySelectorAll('li'), (item) => numberOf(item))]);
      expect(words(text.replaceAll(/&\w+;/g, '')).filter((word) => !shown.has(word) && word !== 'x')).toEqual([]);
    }
  });

  it.each([
    ['as they are written', (n: number) => n + 1],
    ['all of them 1', () => 1],
  ])('counts a long list on that is numbered %s', (_, number) => {
    const items = Array.from({ length: 300 }, (__, n) => `${number(n)}. item ${n} with some words\n`).join('');
    const host = streamed(items, 500);
    expect(host.querySelectorAll('ol').length).toBeGreaterThan(1);
    expect(Array.from(host.querySelectorAll('li'), numberOf)).toEqual(Array.from({ length: 300 }, (__, n) => `${n + 1}`));
  });
});

/** What a browser writes before an item. */
function numberOf(item: Element): string {
  const list = item.parentElement as HTMLOListElement;
  let number = Number(list.getAttribute('start') ?? 1) - 1;
  for (const it of Array.from(list.children)) {
    number = Number(it.getAttribute('value') ?? number + 1);
    if (it === item) break;
  }
  return `${number}`;
}
