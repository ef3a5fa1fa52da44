import type { Demands } from '@tandem/api/completion';
import { completionRequest } from '@tandem/api/completion/testing';
import type { Dialect } from './dialect';
import { llamaServer, llamaServerRaw } from './llama-server';
import { ollama, ollamaRaw } from './ollama';
import { openaiChat } from './openai-chat';
import { openaiCompletions } from './openai-completions';
import { plainEvents, plainText } from './plain-server';
import { tgi } from './tgi';

const schema = { type: 'object', properties: { a: { type: 'integer' } } };
const described = { name: 'it', schema, strict: true };
const JSON_SCHEMA: Demands = { format: { type: 'json_schema', ...described } };
const JSON_OBJECT: Demands = { format: { type: 'json_object' } };
const bodyOf = (dialect: Dialect, demands: Demands) => dialect.requestBody({ ...completionRequest('Hi'), demands }, 'm', new Set());

describe('the body that demands', () => {
  it.each<[string, Dialect, object, object]>([
    ['OpenAI chat', openaiChat, { response_format: { type: 'json_object' } }, { response_format: { type: 'json_schema', json_schema: described } }],
    [
      'OpenAI completions',
      openaiCompletions,
      { response_format: { type: 'json_object' } },
      { response_format: { type: 'json_schema', json_schema: described } },
    ],
    ['llama-server', llamaServer, { response_format: { type: 'json_object' } }, { response_format: { type: 'json_schema', json_schema: described } }],
    ['llama-server with raw text', llamaServerRaw, { json_schema: { type: 'object' } }, { json_schema: schema }],
    ['Ollama', ollama, { format: 'json' }, { format: schema }],
    ['Ollama with raw text', ollamaRaw, { format: 'json' }, { format: schema }],
    [
      'TGI',
      tgi,
      { parameters: expect.objectContaining({ grammar: { type: 'json', value: { type: 'object' } } }) },
      { parameters: expect.objectContaining({ grammar: { type: 'json', value: schema } }) },
    ],
  ])('JSON of %s', (_, dialect, forObject, forSchema) => {
    expect(bodyOf(dialect, JSON_OBJECT)).toMatchObject(forObject);
    expect(bodyOf(dialect, JSON_SCHEMA)).toMatchObject(forSchema);
    expect(dialect.takes.has('format')).toBe(true);
    for (const field of ['response_format', 'json_schema', 'format']) expect(bodyOf(dialect, {})).not.toHaveProperty(field);
  });

  it.each<[string, Dialect, object]>([
    ['OpenAI chat', openaiChat, { logprobs: true, top_logprobs: 1 }],
    ['OpenAI completions', openaiCompletions, { logprobs: 1 }],
    ['llama-server', llamaServer, { logprobs: true, top_logprobs: 1 }],
    ['llama-server with raw text', llamaServerRaw, { logprobs: 1, n_probs: 1 }],
    ['Ollama', ollama, { logprobs: true, top_logprobs: 0 }],
  ])('log-probabilities of %s', (_, dialect, fields) => {
    expect(bodyOf(dialect, { logprobs: 0 })).toMatchObject(fields);
    expect(bodyOf(dialect, {})).not.toHaveProperty('logprobs');
  });

  it.each<[string, Dialect, object]>([
    ['OpenAI chat', openaiChat, { presence_penalty: 1.5, frequency_penalty: -1 }],
    ['Ollama', ollama, { options: expect.objectContaining({ presence_penalty: 1.5, frequency_penalty: -1 }) }],
    ['TGI', tgi, { parameters: expect.objectContaining({ frequency_penalty: -1 }) }],
  ])('penalties of %s', (_, dialect, fields) => {
    expect(bodyOf(dialect, { presencePenalty: 1.5, frequencyPenalty: -1 })).toMatchObject(fields);
  });

  it.each<[string, Dialect, object]>([
    ['OpenAI chat', openaiChat, { min_p: 0.1 }],
    ['OpenAI completions', openaiCompletions, { min_p: 0.1 }],
    ['llama-server', llamaServer, { min_p: 0.1 }],
    ['Ollama', ollama, { options: expect.objectContaining({ min_p: 0.1 }) }],
  ])('the least likely left out, of %s, also of one that once refused to', (_, dialect, fields) => {
    expect(dialect.requestBody({ ...completionRequest('Hi'), demands: { minP: 0.1 } }, 'm', new Set(['min_p']))).toMatchObject(fields);
    expect(dialect.takes.has('minP')).toBe(true);
  });

  it('what only some servers know is passed on as it is', () => {
    const passed = { reasoning_effort: 'low', logit_bias: { 5: -1 } };
    for (const dialect of [openaiChat, openaiCompletions, llamaServer, llamaServerRaw]) {
      expect(bodyOf(dialect, { passed })).toMatchObject(passed);
      expect([...Object.keys(passed)].every((name) => dialect.passes.has(name))).toBe(true);
    }
    expect(llamaServer.passes.has('min_tokens')).toBe(false);
    for (const dialect of [ollama, tgi, plainText]) expect(dialect.passes.size).toBe(0);
  });

  it('more than a server has words for is known beforehand', () => {
    expect([...tgi.takes].sort()).toEqual(['format', 'frequencyPenalty']);
    expect([plainText.takes.size, plainEvents.takes.size]).toEqual([0, 0]);
  });

  it('raw text holds it as it is, and no messages', () => {
    const raw = { isRaw: true } as const;
    expect(bodyOf(ollamaRaw, raw)).toMatchObject({ prompt: 'Hi', raw: true, truncate: false, shift: false, options: { num_predict: 512 } });
    for (const dialect of [ollamaRaw, llamaServerRaw, openaiCompletions]) expect(bodyOf(dialect, raw)).not.toHaveProperty('messages');
  });
});

describe('log-probabilities', () => {
  const likely = (token: string, logprob: number, bytes: number[] | null = null) => ({ token, logprob, bytes });

  it.each<[string, Dialect, unknown]>([
    [
      'a chat',
      openaiChat,
      {
        choices: [
          {
            delta: { content: 'Hi' },
            logprobs: { content: [{ token: 'Hi', logprob: -0.5, bytes: [72, 105], top_logprobs: [{ token: 'Hi', logprob: -0.5, bytes: [72, 105] }] }] },
          },
        ],
      },
    ],
    [
      'Ollama',
      ollama,
      {
        message: { content: 'Hi' },
        done: false,
        logprobs: [{ token: 'Hi', logprob: -0.5, bytes: [72, 105], top_logprobs: [{ token: 'Hi', logprob: -0.5, bytes: [72, 105] }] }],
      },
    ],
    [
      'Ollama going on with a text',
      ollamaRaw,
      {
        response: 'Hi',
        done: false,
        logprobs: [{ token: 'Hi', logprob: -0.5, bytes: [72, 105], top_logprobs: [{ token: 'Hi', logprob: -0.5, bytes: [72, 105] }] }],
      },
    ],
  ])('of %s come before their text', (_, dialect, document) => {
    const top = likely('Hi', -0.5, [72, 105]);
    expect(dialect.readEvent({ data: JSON.stringify(document) })).toEqual([
      { kind: 'logprobs', tokens: [{ ...top, top_logprobs: [top] }] },
      { kind: 'text', text: 'Hi', reasoning: false },
    ]);
  });

  it("are read in the older completions' shape", () => {
    const logprobs = { tokens: ['a', 'b'], token_logprobs: [-1, null], top_logprobs: [{ a: -1, c: -2 }, null], text_offset: [0, 1] };
    expect(openaiCompletions.readEvent({ data: JSON.stringify({ choices: [{ text: 'ab', logprobs }] }) })[0]).toEqual({
      kind: 'logprobs',
      tokens: [
        { ...likely('a', -1), top_logprobs: [likely('a', -1), likely('c', -2)] },
        { ...likely('b', -9999), top_logprobs: [] },
      ],
    });
  });

  it('that are no numbers do no harm', () => {
    const data = '{"choices":[{"delta":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi","logprob":-Infinity,"top_logprobs":[NaN]}]}}]}';
    expect(openaiChat.readEvent({ data })).toEqual([
      { kind: 'logprobs', tokens: [{ ...likely('Hi', -9999), top_logprobs: [] }] },
      { kind: 'text', text: 'Hi', reasoning: false },
    ]);
  });
});
