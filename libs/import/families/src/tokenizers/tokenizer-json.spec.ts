import { vocabularyOf } from './tokenizer-json';
import { TOKEN_TYPE } from './vocabulary';

const BYTES = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const VOCABULARY = { '<|end|>': 0, a: 1, b: 2, ab: 3, c: 4, abc: 5 };
const MODEL = { type: 'BPE', dropout: null, unk_token: null, byte_fallback: false, ignore_merges: false, vocab: VOCABULARY, merges: ['a b', ['ab', 'c']] };
const ADDED = [
  { id: 0, content: '<|end|>', special: true },
  { id: 7, content: '[tool]', special: false },
];
const document = (changes: object = {}) => ({ added_tokens: ADDED, normalizer: null, pre_tokenizer: BYTES, post_processor: null, model: MODEL, ...changes });
const PIECES = { ...MODEL, byte_fallback: true, unk_token: '<unk>', vocab: { '<unk>': 0, '<0x41>': 1, '▁': 2, a: 3, b: 4, ab: 5, '▁a': 6, '▁ab': 7 } };
const SPACES = {
  type: 'Sequence',
  normalizers: [
    { type: 'Prepend', prepend: '▁' },
    { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
  ],
};
const pieces = (merges: string[], changes: object = {}) =>
  document({ added_tokens: [], normalizer: SPACES, pre_tokenizer: null, model: { ...PIECES, merges }, ...changes });
const EVERY_PAIR = ['a b', '▁ a', '▁ ab', '▁a b'];

describe('a tokenizer.json', () => {
  it('keeps tokens, their kinds and merges in either spelling, and names what no id has', () => {
    const { tokens, types, merges } = vocabularyOf(document());
    expect(tokens).toEqual(['<|end|>', 'a', 'b', 'ab', 'c', 'abc', '[PAD6]', '[tool]']);
    const { control, normal, unused, userDefined } = TOKEN_TYPE;
    expect(types).toEqual([control, normal, normal, normal, normal, normal, unused, userDefined]);
    expect(merges).toEqual(['a b', 'ab c']);
  });

  it('begins a text as its post-processor says', () => {
    const template = {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<|end|>' } }, { Sequence: { id: 'A' } }],
      special_tokens: { '<|end|>': { ids: [0] } },
    };
    expect(vocabularyOf(document({ post_processor: { type: 'Sequence', processors: [BYTES, template] } }))).toMatchObject({
      bos: 0,
      addsBos: true,
      addsEos: false,
    });
    expect(vocabularyOf(document({ post_processor: BYTES }))).toMatchObject({ bos: null, addsBos: false });
  });

  describe('that takes whole words', () => {
    const taking = (merges: string[]) => vocabularyOf(document({ model: { ...MODEL, ignore_merges: true, merges } }));

    it('is the same as one that merges where merging makes every word', () => {
      expect(taking(['a b', 'ab c']).preTokenizer).toBe('gpt-2');
    });

    it('is refused where it is not', () => {
      expect(() => taking(['a b'])).toThrow(/takes whole words/);
    });
  });

  it.each([
    ['another kind of model', { model: { ...MODEL, type: 'Unigram' } }, /of the kind Unigram/],
    ['dropout', { model: { ...MODEL, dropout: 0.1 } }, /uses dropout/],
    ['suffixes of words', { model: { ...MODEL, end_of_word_suffix: '</w>' } }, /uses end_of_word_suffix/],
    ['an unknown way of cutting', { pre_tokenizer: { type: 'Whitespace' } }, /cuts text in a way/],
    ['lower case', { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Lowercase' }] } }, /rewrites text .*Lowercase/],
    ['an unknown end', { post_processor: { type: 'RobertaProcessing' } }, /RobertaProcessing/],
    ['a merge that is no pair', { model: { ...MODEL, merges: ['abc'] } }, /one of its merges/],
    ['an id far away', { model: { ...MODEL, vocab: { a: 1e9 } } }, /no proper id/],
    ['an added token without an id', { added_tokens: [{ content: 'x' }] }, /no id or no text/],
  ])('is refused with %s', (_title, changes, reason) => {
    expect(() => vocabularyOf(document(changes))).toThrow(reason);
  });

  describe('of pieces', () => {
    it('becomes scores where its merges are all pairs there are', () => {
      const { model, tokens, scores, types, addsSpacePrefix } = vocabularyOf(pieces(EVERY_PAIR));
      expect({ model, addsSpacePrefix }).toEqual({ model: 'llama', addsSpacePrefix: true });
      const score = (token: string) => scores?.[tokens.indexOf(token)] ?? NaN;
      expect(score('ab')).toBeGreaterThan(score('▁a'));
      expect(score('▁a')).toBeGreaterThan(score('▁ab'));
      expect(types.slice(0, 2)).toEqual([TOKEN_TYPE.unknown, TOKEN_TYPE.byte]);
    });

    it.each([
      ['a pair is missing', pieces(['a b', '▁ a', '▁ ab'])],
      ['those of one piece do not stand together', pieces(['▁ ab', 'a b', '▁ a', '▁a b'])],
    ])('is refused where %s', (_title, described) => {
      expect(() => vocabularyOf(described)).toThrow(/not those of a SentencePiece/);
    });

    it('is refused where spaces are written in another way', () => {
      expect(() => vocabularyOf(pieces(EVERY_PAIR, { normalizer: null }))).toThrow(/writes spaces/);
    });
  });
});
