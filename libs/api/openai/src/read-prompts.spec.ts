import { echoOf, withoutZero } from './read-echo';
import { promptsOf, tokensOf } from './read-prompts';
import { refusedField } from './testing/refused-field';

describe('promptsOf', () => {
  it.each([
    ['a text', 'Hi', ['Hi']],
    ['texts', ['a', 'b'], ['a', 'b']],
    ['token ids, which are one prompt', [1, 2, 0], [[1, 2, 0]]],
    ['lists of token ids', [[1], [2, 3]], [[1], [2, 3]]],
    ['texts and lists of token ids together', ['a', [1]], ['a', [1]]],
  ])('takes %s', (_, prompt, read) => expect(promptsOf(prompt)).toEqual(read));

  it.each([
    ['prompt', undefined],
    ['prompt', ''],
    ['prompt', ' \n '],
    ['prompt', []],
    ['prompt', { text: 'Hi' }],
    ['prompt', 'x'.repeat(1_000_001)],
    ['prompt', [1, -1]],
    ['prompt', [1.5]],
    ['prompt', Array.from({ length: 1_001 }, () => 'a')],
    ['prompt[1]', ['a', '']],
    ['prompt[1]', ['a', 5]],
    ['prompt[0]', [[]]],
    ['prompt[0]', [['a']]],
    ['prompt[1]', [[1], [2 ** 53]]],
  ])('refuses %s where it is wrong (%#)', (field, prompt) => expect(refusedField(() => promptsOf(prompt))).toBe(field));
});

describe('tokensOf', () => {
  it('takes whole numbers from 0, as many as a prompt may have', () => {
    const many = Array.from({ length: 1_000_000 }, () => 0);
    expect(tokensOf(many, 'tokens')).toHaveLength(1_000_000);
    expect(refusedField(() => tokensOf([...many, 0], 'tokens'))).toBe('tokens');
  });
});

describe('echoOf', () => {
  it.each([
    ['nothing', {}, undefined],
    ['null', { echo: null, max_tokens: 0 }, undefined],
    ['false', { echo: false, stream: true }, undefined],
    ['a prompt with what follows it', { echo: true, max_tokens: 5 }, { isAlone: false }],
    ['a prompt with as much as is usual', { echo: true }, { isAlone: false }],
    ['a prompt alone', { echo: true, max_tokens: 0 }, { isAlone: true }],
  ])('takes %s', (_, body, echo) => expect(echoOf(body)).toEqual(echo));

  it.each([
    ['echo', { echo: 1 }],
    ['stream', { echo: true, stream: true }],
  ])('refuses %s where it is wrong', (field, body) => expect(refusedField(() => echoOf(body))).toBe(field));

  it('lets nothing follow a prompt that is alone, and nowhere else', () => {
    expect(withoutZero({ max_tokens: 0, n: 1 }, { isAlone: true })).toEqual({ max_tokens: 1, n: 1 });
    expect(withoutZero({ max_tokens: 0 }, { isAlone: false })).toEqual({ max_tokens: 0 });
    expect(withoutZero({ max_tokens: 0 }, undefined)).toEqual({ max_tokens: 0 });
  });
});
