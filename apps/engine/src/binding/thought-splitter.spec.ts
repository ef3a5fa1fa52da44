import { ThoughtSplitter } from './thought-splitter';

/** Neighbours of one kind joined: `[thought]` in brackets. */
function split(text: string, sizes: number, isThinking = false): string {
  const splitter = new ThoughtSplitter(isThinking);
  const said = [];
  for (let start = 0; start < text.length; start += sizes) said.push(...splitter.push(text.slice(start, start + sizes)));
  said.push(...splitter.flush());
  return said.map((piece) => (piece.isThought ? `[${piece.text}]` : piece.text)).join('').replaceAll('][', '');
}

describe('ThoughtSplitter', () => {
  it.each([
    ['thoughts before an answer', '<think>hm</think>yes', '[<think>hm</think>]yes'],
    ['thoughts after white space', '\n <think>hm</think>yes', '\n [<think>hm</think>]yes'],
    ['thoughts without an end', '<think>hm', '[<think>hm]'],
    ['thoughts with an end that breaks off', '<think>hm</thi', '[<think>hm</thi]'],
    ['no thoughts', 'yes', 'yes'],
    ['an answer about the tag', 'say <think>hm</think> now', 'say <think>hm</think> now'],
    ['a second thought', '<think>a</think>b<think>c</think>', '[<think>a</think>]b<think>c</think>'],
    ['something like the tag', '<thin air', '<thin air'],
    ['something like the end', '<think>a </think b</think>c', '[<think>a </think b</think>]c'],
    ['the beginning of the tag alone', '<thi', '<thi'],
    ['nothing', '', ''],
    ['white space alone', ' \n', ' \n'],
  ])('%s', (_title, text, expected) => {
    for (let sizes = 1; sizes <= Math.max(1, text.length); sizes++) expect(split(text, sizes)).toBe(expected);
  });

  it.each([
    ['an answer that begins within a thought', 'hm</think>yes', '[hm</think>]yes'],
    ['an answer that ends within it', 'hm', '[hm]'],
  ])('%s', (_title, text, expected) => {
    for (let sizes = 1; sizes <= text.length; sizes++) expect(split(text, sizes, true)).toBe(expected);
  });

  it('holds nothing back that cannot become a tag', () => {
    const splitter = new ThoughtSplitter(false);
    expect(splitter.push('H')).toEqual([{ text: 'H', isThought: false }]);
    expect(splitter.push('<think>')).toEqual([{ text: '<think>', isThought: false }]);
  });
});
