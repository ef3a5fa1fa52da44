import type { ModelStatus } from '@tandem/shared/contracts';
import { sayFamily } from './family-words';
import { comingOf, sayLoadState } from './load-words';
import { sayMegabytes } from './say-megabytes';

const status = (more: Partial<ModelStatus>): ModelStatus => ({
  name: 'a',
  status: 'loaded',
  loaded: true,
  progress: 1,
  error: null,
  memory_mb: 1,
  active_generations: 0,
  last_used: null,
  ...more,
});

describe('sayLoadState', () => {
  it.each([
    [undefined, 'not loaded', 'rest', undefined],
    [status({ status: 'unloaded' }), 'not loaded', 'rest', undefined],
    [status({ status: 'converting', progress: 0.409 }), 'converting 40 %', 'busy', { what: 'converting', progress: 0.409 }],
    [status({ status: 'loading', progress: 0 }), 'loading 0 %', 'busy', { what: 'loading', progress: 0 }],
    [status({}), 'loaded', 'good', undefined],
    [status({ active_generations: 1 }), 'answering', 'good', undefined],
    [status({ active_generations: 3 }), 'answering 3 requests', 'good', undefined],
    [status({ status: 'unloading' }), 'unloading', 'busy', undefined],
    [status({ status: 'failed' }), 'failed', 'bad', undefined],
  ] as const)('%#', (given, word, kind, coming) => {
    expect(sayLoadState(given)).toEqual({ word, kind });
    expect(comingOf(given)).toEqual(coming);
  });
});

describe('sayMegabytes', () => {
  it.each([
    [0, '0.1 MB'],
    [4.24, '4.2 MB'],
    [31.4, '31 MB'],
    [1536, '1.5 GB'],
    [24_000, '23 GB'],
  ])('%d: %s', (megabytes, said) => expect(sayMegabytes(megabytes)).toBe(said));
});

describe('sayFamily', () => {
  it.each([
    ['nanogpt', 'nanoGPT'],
    ['llama2.c', 'llama2.c'],
    ['mini-deepseek', 'mini-deepseek'],
    ['hf-qwen3', 'Hugging Face Qwen3'],
    ['hf-newer', 'Hugging Face newer'],
    ['constructor', 'constructor'],
    [null, ''],
    [undefined, ''],
  ])('%s: %s', (family, said) => expect(sayFamily(family)).toBe(said));
});
