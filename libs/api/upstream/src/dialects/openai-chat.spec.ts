import { completionRequest } from '@tandem/api/completion/testing';
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
