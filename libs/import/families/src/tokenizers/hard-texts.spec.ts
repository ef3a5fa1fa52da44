import { checkpointFixture, type CheckpointFixture } from '@tandem/testing';
import { encoded } from '../testing/encoded';
import { plannedFixtures } from '../testing/planned-checkpoints';

const fixture = plannedFixtures();

/** Where each fixture's tokenizer comes from, and what llama.cpp is told about it. */
const TOKENIZERS: readonly (readonly [CheckpointFixture, title: string, model: string, preTokenizer: string | null])[] = [
  ['hf-llama', 'tokenizer.json', 'gpt2', 'llama-bpe'],
  ['hf-qwen2', 'tokenizer.json', 'gpt2', 'qwen2'],
  ['hf-qwen3', 'tokenizer.json', 'gpt2', 'smollm'],
  ['hf-deepseek-v2', 'tokenizer.json', 'gpt2', 'deepseek-v3'],
  ['hf-deepseek-v3', 'tokenizer.json', 'gpt2', 'deepseek-v3'],
  ['hf-gpt2', 'tokenizer.json', 'gpt2', 'gpt-2'],
  ['from-scratch', 'tokenizer.json', 'gpt2', 'gpt-2'],
  ['mini-deepseek/sft', 'tokenizer.json', 'gpt2', 'gpt-2'],
  ['litgpt', 'tokenizer.json', 'gpt2', 'gpt-2'],
  ['hf-mistral', 'tokenizer.json', 'llama', null],
  ['llama2c', 'tokenizer.model', 'llama', null],
  ['nanogpt', 'characters', 'gpt2', 'gpt-2'],
];

describe('a tokenizer', () => {
  it.each(TOKENIZERS)('is known by its structure and not by its project: that of %s is %s, for llama.cpp %s and %s', (name, title, model, preTokenizer) => {
    const { tokenizer } = fixture(name).model;
    expect(tokenizer.title).toBe(title);
    expect(tokenizer.load()).toMatchObject({ model, preTokenizer });
  });

  const texts = TOKENIZERS.flatMap(([name]) => checkpointFixture(name).expected.encodings.map(({ text, ids }) => [name, text, ids] as const));

  it.each(texts)('gives the ids that Python’s own gives: %s, %j', (name, text, ids) => {
    expect(encoded(fixture(name).model.tokenizer.load(), text)).toEqual(ids);
  });

  it('gives the prompts their ids as well, with the token that it puts before every text', () => {
    for (const [name] of TOKENIZERS) {
      const vocabulary = fixture(name).model.tokenizer.load();
      const { prompts } = checkpointFixture(name).expected;
      const before = vocabulary.addsBos && vocabulary.bos !== null ? [vocabulary.bos] : [];
      for (const { text, token_ids } of prompts.filter(({ as }) => as === 'raw')) expect([...before, ...encoded(vocabulary, text)]).toEqual(token_ids);
    }
  });

  it.each([
    ['hf-llama', true],
    ['hf-mistral', true],
    ['llama2c', true],
    ['hf-qwen2', false],
    ['hf-gpt2', false],
    ['nanogpt', false],
  ] as const)('of %s puts one there: %s', (name, addsBos) => {
    expect(fixture(name).model.tokenizer.load().addsBos).toBe(addsBos);
  });
});
