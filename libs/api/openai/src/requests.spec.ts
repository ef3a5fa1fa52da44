import { Fault } from '@tandem/api/faults';
import { startOpenAi } from './testing/start-openai';

interface Failure {
  readonly error: { readonly param: string; readonly message: string };
}

const refusalOf = async (response: Response) => ({ status: response.status, param: ((await response.json()) as Failure).error?.param });

describe('a request of an OpenAI client', () => {
  it('is answered with neutral values where it leaves them out', async () => {
    const { chat, complete, seen } = await startOpenAi();
    await chat({});
    await complete({});
    for (const { parameters } of seen) expect(parameters).toMatchObject({ temperature: 1, top_p: 1, top_k: 0, repetition_penalty: 1 });
    expect(seen).toHaveLength(2);
  });

  it("is answered with what the model's configuration says where it leaves that out, and its own where it does not", async () => {
    const { chat, seen } = await startOpenAi({ defaults: { top_k: 7, repetition_penalty: 1.2 } });
    await chat({ top_k: 3 });
    expect(seen[0]?.parameters).toMatchObject({ temperature: 1, top_k: 3, repetition_penalty: 1.2 });
  });

  it.each([
    ['repeat_penalty', { repeat_penalty: 1.3 }, { parameters: { repetition_penalty: 1.3 } }],
    ['min_p', { min_p: 0.1 }, { demands: { minP: 0.1 } }],
    ['json_schema', { json_schema: { type: 'integer' } }, { demands: { format: { type: 'json_schema', schema: { type: 'integer' } } } }],
    ['guided_json', { guided_json: { type: 'integer' } }, { demands: { format: { type: 'json_schema', schema: { type: 'integer' } } } }],
    ['guided_json as text', { guided_json: '{"type":"integer"}' }, { demands: { format: { type: 'json_schema', schema: { type: 'integer' } } } }],
    [
      'json_object with a schema',
      { response_format: { type: 'json_object', schema: { type: 'integer' } } },
      { demands: { format: { type: 'json_schema', schema: { type: 'integer' } } } },
    ],
    ['logit_bias', { logit_bias: { 5: -100 } }, { demands: { passed: { logit_bias: { 5: -100 } } } }],
    ['reasoning_effort', { reasoning_effort: 'low' }, { demands: { passed: { reasoning_effort: 'low' } } }],
    [
      'chat_template_kwargs',
      { chat_template_kwargs: { enable_thinking: false } },
      { demands: { passed: { chat_template_kwargs: { enable_thinking: false } } } },
    ],
    ['stop_token_ids', { stop_token_ids: [2] }, { demands: { passed: { stop_token_ids: [2] } } }],
    ['ignore_eos and min_tokens', { ignore_eos: true, min_tokens: 5 }, { demands: { passed: { ignore_eos: true, min_tokens: 5 } } }],
  ])('has its %s given to the model, in both ways to ask', async (_, fields, expected) => {
    const { chat, complete, seen } = await startOpenAi();
    expect([(await chat(fields)).status, (await complete(fields)).status]).toEqual([200, 200]);
    for (const request of seen) expect(request).toMatchObject(expected);
  });

  it.each([
    ['repeat_penalty', { repeat_penalty: 2.5 }],
    ['repeat_penalty', { repeat_penalty: 1.1, repetition_penalty: 1.2 }],
    ['min_p', { min_p: 1.5 }],
    ['json_schema', { json_schema: 'x' }],
    ['guided_json', { guided_json: '{' }],
    ['json_schema', { json_schema: {}, response_format: { type: 'json_object' } }],
    ['response_format.schema', { response_format: { type: 'json_object', schema: 3 } }],
    ['guided_choice', { guided_choice: ['a', 'b'] }],
    ['guided_regex', { guided_regex: 'a+' }],
    ['guided_grammar', { guided_grammar: 'root ::= "a"' }],
    ['structured_outputs', { structured_outputs: { regex: 'a+' } }],
    ['grammar', { grammar: 'root ::= "a"' }],
    ['prompt_logprobs', { prompt_logprobs: 0 }],
    ['mirostat', { mirostat: 2 }],
    ['typical_p', { typical_p: 0.9 }],
    ['suffix', { suffix: 'x' }],
    ['best_of', { best_of: 2 }],
    ['n', { n: 9 }],
    ['n', { n: 0 }],
    ['web_search_options', { web_search_options: {} }],
    ['functions', { functions: [{ name: 'f' }] }],
    ['tool_choice', { tool_choice: 'required' }],
    ['audio', { audio: { voice: 'x', format: 'wav' } }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['include_stop_str_in_output', { include_stop_str_in_output: true }],
    ['something_else', { something_else: 1 }],
    ['constructor', { constructor: 1 }],
    ['stream_options', { stream_options: 'usage' }],
  ])('is refused for %s, by name', async (param, fields) => {
    const { chat, complete, seen } = await startOpenAi();
    for (const answer of [chat(fields), complete(fields)]) expect(await refusalOf(await answer)).toEqual({ status: 400, param });
    expect(seen).toEqual([]);
  });

  it('is taken with values that change nothing', async () => {
    const { chat, complete } = await startOpenAi();
    const harmless = {
      user: 'me',
      metadata: { a: 'b' },
      store: true,
      service_tier: 'auto',
      tools: [],
      tool_choice: 'auto',
      logit_bias: {},
      n: 1,
      best_of: 1,
      echo: false,
      suffix: null,
      min_tokens: 0,
      ignore_eos: false,
      stop_token_ids: [],
      chat_template_kwargs: {},
      parallel_tool_calls: true,
      prompt_cache_key: 'x',
      safety_identifier: 'y',
      prediction: { type: 'content', content: 'x' },
      guided_regex: null,
    };
    for (const answer of [chat({ ...harmless, modalities: ['text'] }), complete(harmless)]) expect((await answer).status).toBe(200);
  });

  it.each([
    [
      'an answer and a system message without text',
      [
        { role: 'system', content: '' },
        { role: 'system', content: null },
        { role: 'user', content: 'a' },
        { role: 'assistant', content: null },
        { role: 'assistant', content: '' },
        { role: 'user', content: 'b' },
      ],
      ['user:a', 'assistant:', 'assistant:', 'user:b'],
    ],
    ['an answer without content', [{ role: 'user', content: 'a' }, { role: 'assistant' }], ['user:a', 'assistant:']],
    [
      'empty parts',
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: '' },
            { type: 'text', text: 'a' },
          ],
        },
        { role: 'assistant', content: [] },
      ],
      ['user:a', 'assistant:'],
    ],
    [
      'a refusal',
      [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
        { role: 'assistant', content: null, refusal: 'Never.' },
      ],
      ['user:a', 'assistant:No.', 'assistant:Never.'],
    ],
    [
      'several answers in a row',
      [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'assistant', content: 'c' },
      ],
      ['user:a', 'assistant:b', 'assistant:c'],
    ],
  ])('may hold %s', async (_, messages, expected) => {
    const { chat, seen } = await startOpenAi();
    expect((await chat({ messages })).status).toBe(200);
    expect(seen[0]?.messages.map(({ role, content }) => `${role}:${content}`)).toEqual(expected);
  });

  it.each([
    ['messages[0].content', [{ role: 'user', content: '' }]],
    ['messages[0].content', [{ role: 'user', content: [{ type: 'text', text: ' ' }] }]],
    ['messages[0].content', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }]],
    ['messages[0].content', [{ role: 'assistant', content: 5 }]],
    [
      'messages[1].role',
      [
        { role: 'user', content: 'a' },
        { role: 'critic', content: 'b' },
      ],
    ],
    ['messages', [{ role: 'system', content: '' }]],
    ['messages[0].role', ['Hi']],
  ])('is refused for %s that says nothing', async (param, messages) => {
    const { chat } = await startOpenAi();
    expect(await refusalOf(await chat({ messages }))).toEqual({ status: 400, param });
  });

  it('is told in its own words what a model cannot make of its format', async () => {
    const { chat } = await startOpenAi({
      admit: () => {
        throw new Fault('invalid_request', { field: 'response_format', what: 'no' }, { param: 'response_format' });
      },
    });
    const response = await chat({ guided_json: {} });
    expect(((await response.json()) as Failure).error).toMatchObject({ param: 'guided_json', message: 'guided_json: no.' });
  });
});
