import { completionRequest } from '@tandem/testing';
import { openaiChat } from './openai-chat';

const NONE: ReadonlySet<string> = new Set();

describe('the body of a chat completion', () => {
  it('names every sampling value', () => {
    expect(openaiChat.requestBody(completionRequest('Hi', { stop: ['\n'] }), 'm', NONE)).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.7,
      top_p: 0.9,
      max_tokens: 512,
      seed: 7,
      stop: ['\n'],
      top_k: 50,
      repetition_penalty: 1.1,
      repeat_penalty: 1.1,
      repeat_last_n: 64,
      min_p: 0,
    });
  });

  it('leaves an empty list of stops out', () => {
    expect(openaiChat.requestBody(completionRequest('Hi'), 'm', NONE)).not.toHaveProperty('stop');
  });

  it('leaves out what was refused', () => {
    const body = openaiChat.requestBody(completionRequest('Hi'), 'm', new Set(['top_k', 'seed']));
    expect(body).not.toHaveProperty('top_k');
    expect(body).not.toHaveProperty('seed');
    expect(body).toHaveProperty('temperature');
  });

  it('gives the limit its other name where the usual one was refused', () => {
    const body = openaiChat.requestBody(completionRequest('Hi'), 'm', new Set(['max_tokens']));
    expect(body).toMatchObject({ max_completion_tokens: 512 });
    expect(body).not.toHaveProperty('max_tokens');
  });
});

describe('the fields that a refusal names', () => {
  const EXTENSIONS = ['top_k', 'repetition_penalty', 'repeat_penalty', 'repeat_last_n', 'min_p'];

  it.each([
    ['Unrecognized request argument supplied: top_k', EXTENSIONS],
    ['top_k: extra fields not permitted; min_p: extra fields not permitted', EXTENSIONS],
    [
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ['max_tokens'],
    ],
    ["Unsupported value: 'temperature' does not support 0.7 with this model.", ['temperature']],
    ['Unknown parameter: stream_options', ['stream_options']],
    ['temperature must be between 0 and 1', []],
    ['The model does not exist', []],
  ])('are found in: %s', (message, expected) => {
    expect([...openaiChat.refusedFields({ message })].sort()).toEqual([...expected].sort());
  });

  it('are reported as ignored where they are parameters of ours', () => {
    expect(openaiChat.ignoredParameters(new Set([...EXTENSIONS, 'max_tokens', 'stream_options']))).toEqual([
      'top_k',
      'repetition_penalty',
    ]);
  });
});

describe('an event', () => {
  it.each([
    ['[DONE]', [{ kind: 'end' }]],
    [' [DONE] ', [{ kind: 'end' }]],
    ['ping', []],
    ['', []],
    ['{"choices":[', [{ kind: 'garbled' }]],
  ])('with the data %p says %p', (data, expected) => {
    expect(openaiChat.readEvent({ data })).toEqual(expected);
  });
});
