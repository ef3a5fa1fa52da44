import { type Parity, type ParityDifference } from '@tandem/shared/contracts';
import { sayDifferences } from './say-parity';

const NAMES = { baseline: 'Baseline', derivative: 'Two Delta' };
const say = (difference: ParityDifference): string => sayDifferences({ differences: [difference] } as unknown as Parity, NAMES)[0] ?? '';

describe('what could not be made equal', () => {
  it.each<[string, ParityDifference, RegExp]>([
    ['prompts', { kind: 'prompt', byte: 1200, baseline: '<s>\n', derivative: '' }, /byte 1,200: Baseline goes on with “<s>↵”, Two Delta with nothing\./],
    ['tokens', { kind: 'tokens', token: 0, baseline: 17, derivative: null }, /number 1: Baseline reads token 17, Two Delta nothing more\./],
    ['a prompt that nobody knows', { kind: 'prompt_unknown', sides: ['derivative'] }, /what Two Delta reads/],
    ['two of them', { kind: 'prompt_unknown', sides: ['baseline', 'derivative'] }, /what Baseline and Two Delta read:/],
    [
      'a parameter',
      { kind: 'parameter', name: 'top_k', baseline: 0, derivative: null },
      /^top k: Baseline is asked with 0, Two Delta with its server’s own value/,
    ],
    ['stop strings', { kind: 'parameter', name: 'stop', baseline: ['END'], derivative: [] }, /asked with “END”, Two Delta with none/],
    ['a cache', { kind: 'cache', sides: ['baseline'] }, /^Baseline may use what is kept/],
    ['truncation', { kind: 'truncation', sides: ['derivative'] }, /^Two Delta may cut a prompt/],
  ])('is said of %s', (_, difference, words) => {
    expect(say(difference)).toMatch(words);
  });
});
