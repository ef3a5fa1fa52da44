import { chatDemands, numberOf, SHARES, textDemands } from './read-demands';
import { parametersOf } from './read-parameters';
import { refusedField } from './testing/refused-field';

describe('parametersOf', () => {
  it.each([
    ['nothing', {}, {}],
    ['null as nothing', { temperature: null, stop: null, max_tokens: null }, {}],
    ['each by its name', { temperature: 0, top_p: 1, top_k: 0, seed: 0 }, { temperature: 0, top_p: 1, top_k: 0, seed: 0 }],
    ["llama.cpp's name for the penalty", { repeat_penalty: 1.1 }, { repetition_penalty: 1.1 }],
    ['both names for the penalty where they agree', { repetition_penalty: 1.1, repeat_penalty: 1.1 }, { repetition_penalty: 1.1 }],
    ['the newer name for the limit first', { max_completion_tokens: 5, max_tokens: 9 }, { max_tokens: 5 }],
    ['one text to stop at', { stop: '\n' }, { stop: ['\n'] }],
    ['several texts to stop at', { stop: ['a', 'b'] }, { stop: ['a', 'b'] }],
  ])('takes %s', (_, body, read) => expect(parametersOf(body)).toEqual(read));

  it('takes the limit by the name that a route has for it', () => {
    expect(parametersOf({ max_output_tokens: 5, max_tokens: 9 }, ['max_output_tokens'])).toEqual({ max_tokens: 5 });
    expect(refusedField(() => parametersOf({ max_output_tokens: 0 }, ['max_output_tokens']))).toBe('max_output_tokens');
  });

  it.each([
    ['temperature', { temperature: 2.1 }],
    ['temperature', { temperature: '1' }],
    ['top_p', { top_p: 0 }],
    ['top_k', { top_k: 1.5 }],
    ['seed', { seed: -1 }],
    ['repetition_penalty', { repetition_penalty: 0 }],
    ['repeat_penalty', { repeat_penalty: 3 }],
    ['repeat_penalty', { repetition_penalty: 1, repeat_penalty: 1.1 }],
    ['max_tokens', { max_tokens: 0 }],
    ['max_completion_tokens', { max_completion_tokens: 32_769, max_tokens: 5 }],
    ['stop', { stop: '' }],
    ['stop', { stop: ['a', 5] }],
    ['stop', { stop: 'x'.repeat(257) }],
    ['stop', { stop: Array.from({ length: 17 }, () => 'a') }],
  ])('refuses %s where it is wrong (%#)', (field, body) => expect(refusedField(() => parametersOf(body))).toBe(field));
});

describe('demands', () => {
  it.each([
    ['a chat that asks for nothing', chatDemands, { messages: [] }, {}],
    ['neutral values, which demand nothing', chatDemands, { presence_penalty: 0, frequency_penalty: 0, min_p: 0, logprobs: false }, {}],
    ['penalties', chatDemands, { presence_penalty: -2, frequency_penalty: 2, min_p: 0.1 }, { presencePenalty: -2, frequencyPenalty: 2, minP: 0.1 }],
    ['how likely tokens were', chatDemands, { logprobs: true }, { logprobs: 0 }],
    ['how likely others were', chatDemands, { logprobs: true, top_logprobs: 5 }, { logprobs: 5 }],
    ['how likely tokens of a text were', textDemands, { prompt: 'a', logprobs: 0 }, { logprobs: 0 }],
    ['what only some model servers know', chatDemands, { logit_bias: { 5: 1 }, min_tokens: 0 }, { passed: { logit_bias: { 5: 1 } } }],
  ])('reads %s', (_, read, body, demands) => expect(read(body)).toEqual(demands));

  it.each([
    ['logprobs', () => chatDemands({ logprobs: 5 })],
    ['top_logprobs', () => chatDemands({ top_logprobs: 5 })],
    ['top_logprobs', () => chatDemands({ logprobs: true, top_logprobs: 21 })],
    ['logprobs', () => textDemands({ logprobs: true })],
    ['presence_penalty', () => chatDemands({ presence_penalty: 2.1 })],
    ['tools', () => textDemands({ tools: [{}] })],
    ['min_p', () => numberOf({ min_p: 1.1 }, 'min_p', SHARES)],
  ])('refuses %s where it is wrong (%#)', (field, read) => expect(refusedField(read)).toBe(field));
});
