import { readJson } from './json';
import { readChunk } from './openai-chunk';

const delta = (value: unknown, rest: object = {}) => ({ choices: [{ index: 0, delta: value, ...rest }] });
const text = (value: string, reasoning = false) => ({ kind: 'text', text: value, reasoning });
const call = (said: object) => ({ kind: 'call', call: { index: 0, id: '', name: '', arguments: '', ...said } });

describe('readChunk', () => {
  it.each([
    ['text', delta({ content: 'a' }), [text('a')]],
    ['a role alone', delta({ role: 'assistant' }), []],
    ['a role with empty text', delta({ role: 'assistant', content: '' }), []],
    ['content null', delta({ content: null }), []],
    ['content that is an object', delta({ content: { a: 1 } }), []],
    ['content as parts', delta({ content: [{ type: 'text', text: 'a' }, { type: 'image_url' }, { type: 'text', text: 'b' }, 7] }), [text('ab')]],
    ['delta null', delta(null), []],
    ['no choices', { choices: [] }, []],
    ['choices null', { choices: null }, []],
    ['a choice null', { choices: [null] }, []],
    ['something unknown', { hello: 1 }, []],
    ['no object at all', 7, []],
    [
      'a tool call',
      delta({ tool_calls: [{ index: 1, id: 'c', function: { name: 'f', arguments: '{}' } }] }),
      [call({ index: 1, id: 'c', name: 'f', arguments: '{}' })],
    ],
    ['a piece of a tool call', delta({ tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] }), [call({ arguments: '{"a"' })]],
    [
      'tool calls without numbers',
      delta({ tool_calls: [{ function: { name: 'f' } }, { function: { name: 'g' } }] }),
      [call({ name: 'f' }), call({ index: 1, name: 'g' })],
    ],
    ['arguments that are an object', delta({ tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] }), [call({ name: 'f', arguments: '{"a":1}' })]],
    ['a function call', delta({ function_call: { name: 'f', arguments: '{}' } }), [call({ name: 'f', arguments: '{}' })]],
    ['tool calls that hold nothing', delta({ tool_calls: [null, {}], function_call: null }), []],
    ['reasoning_content', delta({ reasoning_content: 'hm', content: null }), [text('hm', true)]],
    ['reasoning', delta({ reasoning: 'hm' }), [text('hm', true)]],
    ['both names of reasoning once', delta({ reasoning: 'hm', reasoning_content: 'hm' }), [text('hm', true)]],
    [
      'reasoning_details',
      delta({
        reasoning_details: [
          { type: 'reasoning.text', text: 'h' },
          { type: 'reasoning.summary', summary: 'm' },
          { type: 'reasoning.encrypted', data: 'x' },
        ],
      }),
      [text('hm', true)],
    ],
    [
      'reasoning once where its details say it too',
      delta({ reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }),
      [text('hm', true)],
    ],
    [
      'parts of type thinking',
      delta({
        content: [
          {
            type: 'thinking',
            thinking: [
              { type: 'text', text: 'h' },
              { type: 'text', text: 'm' },
            ],
          },
          { type: 'text', text: 'a' },
        ],
      }),
      [text('hm', true), text('a')],
    ],
    ['parts of type thinking, as text', delta({ content: [{ type: 'thinking', thinking: 'hm' }] }), [text('hm', true)]],
    [
      'parts of type reasoning',
      delta({
        content: [
          { type: 'reasoning', text: 'hm' },
          { type: 'output_text', text: 'a' },
        ],
      }),
      [text('hm', true), text('a')],
    ],
    ['thinking blocks', delta({ thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 's' }], content: 'a' }), [text('hm', true), text('a')]],
    ['a refusal', delta({ refusal: 'No.', content: null }), [{ kind: 'refusal', text: 'No.' }]],
    ['a refusal part', delta({ content: [{ type: 'refusal', refusal: 'No.' }] }), [{ kind: 'refusal', text: 'No.' }]],
    ['one part alone', delta({ content: { type: 'text', text: 'a' } }), [text('a')]],
    ['a delta that is text', delta('a'), [text('a')]],
    ['an index that is null', { choices: [{ index: null, delta: { content: 'a' } }] }, [text('a')]],
    [
      'an index that is text',
      {
        choices: [
          { index: '1', delta: { content: 'b' } },
          { index: '0', delta: { content: 'a' } },
        ],
      },
      [text('a')],
    ],
    ['an index that is no number', { choices: [{ index: 'first', delta: { content: 'a' } }] }, [text('a')]],
    ['a field that nobody knows', delta({ role: 'assistant', utterance: 'a' }), [{ kind: 'unread', where: 'utterance' }]],
    ['a choice that nobody asked for', { choices: [{ index: 1, delta: { content: 'a' } }] }, [{ kind: 'unread', where: 'choices' }]],
    ['reasoning before text', delta({ reasoning: 'hm', content: 'a' }), [text('hm', true), text('a')]],
    [
      'only the first of several choices',
      {
        choices: [
          { index: 1, delta: { content: 'b' } },
          { index: 0, delta: { content: 'a' } },
        ],
      },
      [text('a')],
    ],
    ['a text completion', { object: 'text_completion', choices: [{ text: 'a' }] }, [text('a')]],
    ['a chat chunk that calls itself a text completion', { object: 'text_completion', ...delta({ content: 'a' }) }, [text('a')]],
    ['a whole completion', { choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] }, [text('a'), { kind: 'finish', reason: 'stop' }]],
    ['text with the finish', delta({ content: 'a' }, { finish_reason: 'length' }), [text('a'), { kind: 'finish', reason: 'length' }]],
    ['error null', { ...delta({ content: 'a' }), error: null }, [text('a')]],
    ['an empty error', { ...delta({ content: 'a' }), error: '' }, [text('a')]],
    ['an error without words', { ...delta({ content: 'a' }), error: {} }, [text('a')]],
  ])('reads %s', (_, chunk, expected) => {
    expect(readChunk(chunk)).toEqual(expected);
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['content_filter', 'content_filter'],
    ['tool_calls', 'tool_calls'],
    ['function_call', 'tool_calls'],
    ['eos_token', 'stop'],
    ['END_TURN', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content_filter'],
    ['no idea', 'other'],
    ['constructor', 'other'],
  ])('reads the finish reason %s as %s', (reason, expected) => {
    expect(readChunk(delta({}, { finish_reason: reason }))).toEqual([{ kind: 'finish', reason: expected }]);
  });

  it.each([null, undefined, '', 0])('takes the finish reason %p for none', (reason) => {
    expect(readChunk(delta({}, { finish_reason: reason }))).toEqual([]);
  });

  it.each(['error', 'abort'])('takes the finish reason %s for a failure', (reason) => {
    expect(readChunk(delta({ content: 'a' }, { finish_reason: reason }))).toMatchObject([text('a'), { kind: 'failure' }]);
  });

  it.each([
    [
      'counts',
      { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
      [{ kind: 'usage', usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } }],
    ],
    [
      'counts without their sum',
      { prompt_tokens: 9, completion_tokens: 2 },
      [{ kind: 'usage', usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } }],
    ],
    ['null', null, []],
    ['negative counts', { prompt_tokens: -1, completion_tokens: 2 }, []],
    ['counts that are text', { prompt_tokens: '9', completion_tokens: 2 }, []],
  ])('reads usage that is %s', (_, usage, expected) => {
    expect(readChunk({ choices: [], usage })).toEqual(expected);
  });

  it.each([
    ['as OpenAI and vLLM tell it', { usage: { prompt_tokens_details: { cached_tokens: 7 } } }],
    ['beside inputs', { usage: { input_tokens_details: { cached_tokens: 7 } } }],
    ['as DeepSeek tells it', { usage: { prompt_cache_hit_tokens: 7, prompt_cache_miss_tokens: 2 } }],
    ['as Moonshot tells it', { usage: { cached_tokens: 7 } }],
    ['as those before Claude tell it', { usage: { cache_read_input_tokens: 7 } }],
    ['as llama-server tells it', { timings: { cache_n: 7, prompt_n: 2 }, tokens_cached: 99 }],
    ['where details say nothing', { usage: { prompt_tokens_details: null }, timings: { cache_n: 7 } }],
  ])('reads how much of the prompt was known, %s', (_, numbers) => {
    expect(readChunk({ choices: [], ...numbers })).toEqual([{ kind: 'cached', tokens: 7 }]);
  });

  it("reads llama-server's own speed", () => {
    expect(readChunk({ choices: [], timings: { predicted_per_second: 53.8 } })).toEqual([{ kind: 'timings', timings: { tokens_per_second: 53.8 } }]);
    expect(readChunk({ choices: [], timings: { predicted_per_second: null } })).toEqual([]);
  });
});

describe('readJson', () => {
  it('reads numbers that are not finite as null', () => {
    expect(readJson('{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN \\" Infinity"}')).toEqual({
      a: null,
      b: [null, null],
      c: 'NaN " Infinity',
    });
  });

  it('gives nothing for what is no JSON', () => {
    expect(readJson('{"a":')).toBeUndefined();
  });
});
