import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKPOINT_FIXTURES_FOLDER, pickleBytes, pickledDictionary, pickledInteger } from '@tandem/testing';
import { Beside } from '../beside/beside';
import { CheckpointCopies } from '../testing/checkpoint-copies';
import { characterTokenizer, gpt2Tokenizer, noTokenizer, tokenizerBeside } from './choose-tokenizer';

const copies = new CheckpointCopies();

/** Files of the fixtures, by the names that they have in the test. */
function beside(files: Readonly<Record<string, string>>): Beside {
  return new Beside(
    Object.entries(files).map(([name, source]) => {
      const path = join(copies.root, name);
      copyFileSync(join(CHECKPOINT_FIXTURES_FOLDER, source), path);
      return path;
    }),
  );
}

describe('the tokenizer beside a checkpoint', () => {
  it('is its tokenizer.json', () => {
    expect(tokenizerBeside(beside({ 'tokenizer.json': 'hf-qwen2/tokenizer.json' }), 334)?.title).toBe('tokenizer.json');
  });

  it.each(['tokenizer.model', 'tok32000.model', 'tok.model'])('is a SentencePiece model called %s', (name) => {
    expect(tokenizerBeside(beside({ [name]: 'llama2c/tokenizer.model' }), 423)?.title).toBe('tokenizer.model');
  });

  it('is the SentencePiece model where tokenizer.json is the same written as merges, and its own scores need no check', () => {
    const both = { 'tokenizer.json': 'hf-mistral/tokenizer.json', 'tokenizer.model': 'llama2c/tokenizer.model' };
    expect(tokenizerBeside(beside(both), 423)?.title).toBe('tokenizer.model');
  });

  it('is tokenizer.json where that is of bytes: the model beside it is another one', () => {
    const both = { 'tokenizer.json': 'hf-qwen2/tokenizer.json', 'tokenizer.model': 'llama2c/tokenizer.model' };
    expect(tokenizerBeside(beside(both), 423)?.title).toBe('tokenizer.json');
  });

  it('is none where none stands there, and which one is needed can be said', () => {
    expect(tokenizerBeside(beside({ 'config.json': 'hf-qwen2/config.json' }), 334)).toBeUndefined();
    expect(noTokenizer(334, 'tokenizer.json').message).toBe('The checkpoint does not say what its 334 tokens are: put its tokenizer.json beside it.');
  });

  it('has unused tokens for rows of the weights that no token has', () => {
    const { tokens, types } = tokenizerBeside(beside({ 'tokenizer.json': 'hf-qwen2/tokenizer.json' }), 336)?.load() ?? {};
    expect([tokens?.length, tokens?.at(-1), types?.at(-1)]).toEqual([336, '[PAD335]', 5]);
  });

  it('is refused where it has more tokens than the weights have rows', () => {
    expect(() => tokenizerBeside(beside({ 'tokenizer.json': 'hf-qwen2/tokenizer.json' }), 300)).toThrow(
      'The tokenizer (tokenizer.json) has 331 tokens and the weights have rows for 300: they do not belong together.',
    );
  });
});

describe('GPT-2’s own tokenizer', () => {
  it.each([
    ['as many rows as it has tokens', 50_257, true],
    ['rows rounded up to a multiple of 64', 50_304, true],
    ['rows rounded up to a multiple of 1,024', 51_200, true],
    ['a row less', 50_256, false],
    ['many rows more, which belong to another', 51_201, false],
  ])('is taken for %s (%i): %s', (_title, rows, isTaken) => {
    expect(gpt2Tokenizer(rows) !== undefined).toBe(isTaken);
  });

  it('has unused tokens for the rows behind its own', () => {
    const { tokens, types, ends } = gpt2Tokenizer(50_304)?.load() ?? {};
    expect([tokens?.length, tokens?.[50_257], types?.[50_257], ends]).toEqual([50_304, '[PAD50257]', 5, [50_256]]);
  });
});

describe('a tokenizer of characters', () => {
  it('is what nanoGPT’s meta.pkl counts, and one token for the end', () => {
    const choice = characterTokenizer(beside({ 'meta.pkl': 'nanogpt/meta.pkl' }), 42);
    expect(choice).toMatchObject({ title: 'characters', addsEnd: true });
    expect(choice?.load().tokens).toHaveLength(43);
  });

  it('is none without meta.pkl', () => {
    expect(characterTokenizer(beside({}), 40)).toBeUndefined();
  });

  it('is refused where meta.pkl does not say the characters', () => {
    const path = copies.write('meta.pkl', pickleBytes(pickledDictionary({ vocab_size: pickledInteger(40) })));
    expect(() => characterTokenizer(new Beside([path]), 40)).toThrow('meta.pkl does not say which character each token is (itos).');
  });
});
