import { BlockSplitter } from './block-splitter';

function split(...texts: string[]) {
  const splitter = new BlockSplitter();
  const settled: string[] = [];
  let last = splitter.push('');
  for (const text of texts) {
    last = splitter.push(text);
    settled.push(...last.settled.map(({ source }) => source));
  }
  const finish = (): string[] => {
    settled.push(...splitter.finish(texts.at(-1) ?? '').settled.map(({ source }) => source));
    return settled;
  };
  return { settled, tail: last.tail, isOpenFence: last.isOpenFence, finish };
}

const ANSWER = [
  '# Title',
  'First\nparagraph.',
  '- one\n- two\n\n  still two\n\n- three',
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '> quote\n> on',
  '1. x\n   ```\n   code\n\n   more\n   ```\n2. y',
  'End.',
].join('\n\n');

describe('BlockSplitter', () => {
  it('settles a paragraph when the next block begins, not before', () => {
    expect(split('One.\n\n').settled).toEqual([]);
    expect(split('One.\n\nT\n').settled).toEqual(['One.\n\n']);
  });

  it('settles a heading with its line', () => {
    expect(split('# Title\n').settled).toEqual(['# Title\n']);
  });

  it('keeps a list together over blank lines and indented paragraphs', () => {
    const { settled } = split('- one\n- two\n\n  still two\n\n- three\n\nAfter\n');
    expect(settled).toEqual(['- one\n- two\n\n  still two\n\n- three\n\n']);
  });

  it('keeps code with blank lines together until its fence closes', () => {
    const open = split('```js\na\n\nb\n');
    expect(open).toMatchObject({ settled: [], isOpenFence: true, tail: '```js\na\n\nb\n' });
    expect(split('```js\na\n\nb\n```\n').settled).toEqual(['```js\na\n\nb\n```\n']);
  });

  it('does not close a fence on a shorter one', () => {
    expect(split('````\n```\n').isOpenFence).toBe(true);
  });

  it('settles a long list item by item', () => {
    const items = Array.from({ length: 200 }, (_, n) => `- item number ${n} with some words\n`).join('');
    expect(split(items).settled.length).toBeGreaterThan(2);
  });

  it('gives every line back, in order, but for blank lines between blocks', () => {
    expect(split(ANSWER).finish().map(trimBlankLines).join('\n\n')).toBe(ANSWER);
  });

  it('cuts the same blocks wherever the text is broken off between reads', () => {
    const whole = split(ANSWER).finish();
    const characters = Array.from({ length: ANSWER.length }, (_, n) => ANSWER.slice(0, n + 1));
    expect(split(...characters).finish()).toEqual(whole);
  });
});

function trimBlankLines(block: string): string {
  return block.replace(/^\n+|\n+$/g, '');
}
