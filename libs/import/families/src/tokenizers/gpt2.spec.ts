import { lettersOf } from './byte-letters';
import { gpt2Vocabulary } from './gpt2';
import { merged } from './merging';
import { TOKEN_TYPE } from './vocabulary';

describe("GPT-2's own tokenizer", () => {
  const { tokens, types, merges, ends } = gpt2Vocabulary();

  it('has its 50,257 tokens, each at its place', () => {
    expect(tokens).toHaveLength(50_257);
    expect([0, 220, 257, 262, 995, 15_496, 50_256].map((id) => tokens[id])).toEqual(['!', 'Ġ', 'Ġa', 'Ġthe', 'Ġworld', 'Hello', '<|endoftext|>']);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('ends with its last token, which is no text', () => {
    expect(ends).toEqual([50_256]);
    expect(types[50_256]).toBe(TOKEN_TYPE.control);
  });

  it.each([
    [' lighthouse', [46_371]],
    [' café', [40_304]],
    ['🦀', [8_582, 99, 222]],
  ])('cuts “%s” as GPT-2 does', (word, ids) => {
    const ranks = new Map((merges ?? []).map((merge, rank) => [merge, rank]));
    expect(merged(lettersOf(word), ranks).map((part) => tokens.indexOf(part))).toEqual(ids);
  });
});
