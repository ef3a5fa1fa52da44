import { Metadata } from '../metadata';
import { describeTokenizer } from './tokenizer-metadata';
import { fitted, type Vocabulary } from './vocabulary';

const VOCABULARY: Vocabulary = {
  model: 'gpt2',
  preTokenizer: 'qwen2',
  tokens: ['<|endoftext|>', '<|im_end|>', 'a', 'b', 'ab'],
  types: [3, 3, 1, 1, 1],
  scores: null,
  merges: ['a b'],
  bos: null,
  ends: [1, 0],
  unknown: null,
  addsBos: false,
  addsEos: false,
  addsSpacePrefix: null,
  title: 'tokenizer.json',
  notes: [],
};

function described(changes: Partial<Vocabulary> = {}): Record<string, unknown> {
  const metadata = new Metadata('llama');
  describeTokenizer(metadata, { ...VOCABULARY, ...changes });
  return Object.fromEntries(
    [...metadata.entries].flatMap(([key, { value }]) => (key.startsWith('tokenizer.ggml.') ? [[key.slice('tokenizer.ggml.'.length), value]] : [])),
  );
}

describe('a vocabulary in a GGUF', () => {
  it('of bytes says its tokens, their kinds, the merges, and how text is cut', () => {
    expect(described()).toEqual({
      model: 'gpt2',
      pre: 'qwen2',
      tokens: VOCABULARY.tokens,
      token_type: VOCABULARY.types,
      merges: ['a b'],
      eos_token_id: 1,
      eot_token_id: 0,
      bos_token_id: 1,
      add_bos_token: false,
      add_eos_token: false,
    });
  });

  it('of pieces says scores instead, and whether a space goes before the text', () => {
    const pieces = described({ model: 'llama', preTokenizer: null, merges: null, scores: [0, 0, -1, -2, -3], unknown: 0, addsSpacePrefix: false });
    expect(pieces).toMatchObject({ model: 'llama', scores: [0, 0, -1, -2, -3], unknown_token_id: 0, add_space_prefix: false });
    expect(Object.keys(pieces)).not.toEqual(expect.arrayContaining(['pre']));
    expect(Object.keys(pieces)).not.toEqual(expect.arrayContaining(['merges']));
  });

  it('names three ends of an answer, as many as llama.cpp knows', () => {
    expect(described({ ends: [4, 3, 2, 1] })).toMatchObject({ eos_token_id: 4, eot_token_id: 3, eom_token_id: 2 });
  });

  it('begins with its first end where it has no beginning, and does not put it there: llama.cpp would take one of its own choice', () => {
    expect(described({ bos: null, addsBos: true, ends: [0] })).toMatchObject({ bos_token_id: 0, add_bos_token: false });
    expect(described({ bos: 2, addsBos: true })).toMatchObject({ bos_token_id: 2, add_bos_token: true });
  });
});

describe('a vocabulary that is fitted to the weights', () => {
  it('scores what it makes up so low that no text is made of it', () => {
    const { scores } = fitted({ ...VOCABULARY, scores: [0, 0, -1, -2, -3] }, 7);
    expect(scores?.slice(5)).toEqual([-10_000, -10_000]);
  });

  it('is refused with one text twice, over which llama.cpp would end its process', () => {
    expect(() => fitted({ ...VOCABULARY, tokens: ['a', 'b', 'a'], types: [1, 1, 1] }, 3)).toThrow(
      'The tokenizer holds the token "a" twice, which llama.cpp cannot take.',
    );
  });

  it('is refused where a token has the name of one that would be made up', () => {
    expect(() => fitted({ ...VOCABULARY, tokens: ['a', '[PAD2]'], types: [1, 1] }, 3)).toThrow('holds the token "[PAD2]" twice');
  });
});
