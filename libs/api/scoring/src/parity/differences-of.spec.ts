import { type AskedSide, NEUTRAL_PARAMETERS, type ParityDifference } from '@tandem/shared/contracts';
import { differencesOf } from './differences-of';

const side = (change: Partial<AskedSide> = {}): AskedSide => ({
  model: 'm',
  method: 'engine',
  prompt: '<s>Grüße 😀!',
  tokens: [1, 5, 9],
  parameters: { ...NEUTRAL_PARAMETERS, seed: 7 },
  reuses_cache: false,
  truncates: false,
  ...change,
});

const between = (baseline: Partial<AskedSide>, derivative: Partial<AskedSide> = {}) =>
  differencesOf({ baseline: side(baseline), derivative: side(derivative) });

describe('what could not be made equal', () => {
  it('is nothing between two that are asked the same', () => {
    expect(between({})).toEqual([]);
  });

  it.each<[string, Partial<AskedSide>, Partial<AskedSide>, ParityDifference]>([
    ['the byte where prompts part', {}, { prompt: '<s>Grüße 😁!' }, { kind: 'prompt', byte: 11, baseline: '😀!', derivative: '😁!' }],
    ['a prompt that ends before the other', { prompt: '<s>' }, { prompt: '<s>Hi' }, { kind: 'prompt', byte: 3, baseline: '', derivative: 'Hi' }],
    [
      'no more than 80 characters of a prompt',
      { prompt: '' },
      { prompt: '😀'.repeat(200) },
      { kind: 'prompt', byte: 0, baseline: '', derivative: '😀'.repeat(80) },
    ],
    ['the place where tokens part', { tokens: [1, 5, 9] }, { tokens: [1, 6, 9] }, { kind: 'tokens', token: 1, baseline: 5, derivative: 6 }],
    ['tokens that end before the other’s', { tokens: [1, 5] }, { tokens: [1, 5, 9] }, { kind: 'tokens', token: 2, baseline: null, derivative: 9 }],
    ['a prompt that nobody knows', { prompt: null, tokens: null }, {}, { kind: 'prompt_unknown', sides: ['baseline'] }],
    ['prompts that nobody can compare', { prompt: null, tokens: [1] }, { prompt: 'Hi', tokens: null }, { kind: 'prompt_unknown', sides: ['baseline'] }],
    [
      'a value that reaches one side',
      { parameters: { ...side().parameters, top_k: null } },
      {},
      { kind: 'parameter', name: 'top_k', baseline: null, derivative: 0 },
    ],
    [
      'a value that reaches neither',
      { parameters: { ...side().parameters, seed: null } },
      { parameters: { ...side().parameters, seed: null } },
      { kind: 'parameter', name: 'seed', baseline: null, derivative: null },
    ],
    ['a cache that is used', { reuses_cache: true }, { reuses_cache: null }, { kind: 'cache', sides: ['baseline', 'derivative'] }],
    ['a prompt that may be cut', {}, { truncates: null }, { kind: 'truncation', sides: ['derivative'] }],
  ])('is told: %s', (_, baseline, derivative, difference) => {
    expect(between(baseline, derivative)).toEqual([difference]);
  });

  it('is known by tokens where the texts are not', () => {
    expect(between({ prompt: null }, {})).toEqual([]);
  });

  it('takes no longer for long prompts than they are long', () => {
    const long = 'word 😀 '.repeat(100_000);
    expect(between({ prompt: `${long}a` }, { prompt: `${long}b` })).toMatchObject([{ kind: 'prompt', baseline: 'a', derivative: 'b' }]);
  });
});
