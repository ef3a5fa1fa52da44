import { preTokenizersFor } from './pre-tokenizers';

const REST = ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';
const LLAMA3 = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|${REST}`;
const QWEN2 = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|${REST}`;
const split = (Regex: string, behavior = 'Isolated', invert = false) => ({ type: 'Split', pattern: { Regex }, behavior, invert });
const bytes = (use_regex: boolean, add_prefix_space = false) => ({ type: 'ByteLevel', add_prefix_space, trim_offsets: true, use_regex });
const sequence = (...pretokenizers: unknown[]) => ({ type: 'Sequence', pretokenizers });
const names = (described: unknown) => preTokenizersFor(described)?.map(({ name }) => name);

describe('a way of cutting text', () => {
  it.each([
    ['by words', bytes(true), ['gpt-2']],
    ['by words, each digit alone', sequence({ type: 'Digits', individual_digits: true }, bytes(true)), ['smollm']],
    ["as Llama 3's", sequence(split(LLAMA3), bytes(false)), ['llama-bpe', 'smaug-bpe']],
    ["as Qwen2's", sequence(split(QWEN2), bytes(false)), ['qwen2']],
    ["as Qwen2's with line ends that are no escapes", sequence(split(QWEN2.replaceAll('\\r', '\r').replaceAll('\\n', '\n')), bytes(false)), ['qwen2']],
    ['said as what to keep', sequence(split(QWEN2, 'Removed', true), bytes(false)), ['qwen2']],
    ['in nested sequences', sequence(sequence(split(QWEN2)), sequence(bytes(false))), ['qwen2']],
  ])('%s has a name', (_title, described, expected) => {
    expect(names(described)).toEqual(expected);
  });

  it.each([
    ['another expression', sequence(split(QWEN2.replace('\\p{N}|', '\\p{N}{1,2}|')), bytes(false))],
    ['a space put before the text', bytes(true, true)],
    ['cutting twice', sequence(split(QWEN2), bytes(true))],
    ['pieces merged with what follows', sequence(split(QWEN2, 'MergedWithNext'), bytes(false))],
    ['digits in groups', sequence({ type: 'Digits', individual_digits: false }, bytes(true))],
    ['one step more', sequence({ type: 'Punctuation' }, split(QWEN2), bytes(false))],
    ['white space alone', { type: 'Whitespace' }],
    ['nothing', null],
  ])('with %s has none', (_title, described) => {
    expect(names(described)).toBeUndefined();
  });
});
