import OpenAI from 'openai';
import { startOpenAi } from './testing/start-openai';

type Changes = NonNullable<Parameters<typeof startOpenAi>[0]>;
type Input = OpenAI.Responses.ResponseInputItem[];

const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const TOOL = { type: 'function' as const, function: { name: 'weather', description: 'Of a city', parameters } };
const FLAT = { type: 'function' as const, name: 'weather', description: 'Of a city', parameters, strict: true };
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

/** Thinks, speaks, and calls two tools. */
const caller: Changes = {
  complete: async (_, sink) => {
    sink.text('Hm', true);
    sink.call?.({ index: 0, id: 'c1', name: 'weather', arguments: '{"city":' });
    sink.call?.({ index: 0, arguments: '"Paris"}' });
    sink.call?.({ index: 1, id: 'c2', name: 'weather', arguments: '{}' });
    return { finishReason: 'tool_calls', usage, cachedTokens: 2 };
  },
};
const CALLS = [
  { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } },
  { id: 'c2', type: 'function', function: { name: 'weather', arguments: '{}' } },
];

async function setup(changes: Changes = {}) {
  const started = await startOpenAi(changes);
  return { ...started, client: new OpenAI({ baseURL: `${started.origin}/v1`, apiKey: 'none', maxRetries: 0 }) };
}

describe("OpenAI's client with tools", () => {
  const ask = { model: 'echo', messages: [{ role: 'user' as const, content: 'Hi' }], tools: [TOOL] };

  it('gets the calls of a whole answer', async () => {
    const { client, seen } = await setup(caller);
    const { choices, usage: told } = await client.chat.completions.create({ ...ask, tool_choice: 'required', parallel_tool_calls: false });
    expect(choices).toMatchObject([{ finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls: CALLS, reasoning_content: 'Hm' } }]);
    expect(told).toMatchObject({ prompt_tokens_details: { cached_tokens: 2 } });
    expect(seen[0]?.demands).toEqual({ tools: [TOOL.function], toolChoice: 'required', parallelToolCalls: false });
  });

  it('gets the same from a stream', async () => {
    const { client } = await setup(caller);
    const stream = client.chat.completions.stream(ask);
    const { choices } = await stream.finalChatCompletion();
    expect(choices).toMatchObject([{ finish_reason: 'tool_calls', message: { tool_calls: CALLS } }]);
  });

  it('sends its conversation with calls and what came of them', async () => {
    const { client, seen } = await setup();
    const answer = {
      role: 'assistant' as const,
      content: null,
      tool_calls: [{ id: 'c1', type: 'function' as const, function: { name: 'weather', arguments: '{}' } }],
    };
    await client.chat.completions.create({ ...ask, messages: [...ask.messages, answer, { role: 'tool', tool_call_id: 'c1', content: 'Sunny' }] });
    expect(seen[0]?.messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'c1', name: 'weather', arguments: '{}' }] },
      { role: 'user', content: 'Sunny', tool_call_id: 'c1' },
    ]);
  });

  it('gets a response with calls, whole and as events, and may send them back', async () => {
    const { client, seen } = await setup(caller);
    const asked = { model: 'echo', input: 'Hi', tools: [FLAT], tool_choice: { type: 'function' as const, name: 'weather' } };
    const response = await client.responses.create(asked);
    const items = [
      { type: 'reasoning' },
      { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Paris"}', status: 'completed' },
      { type: 'function_call', call_id: 'c2', name: 'weather', arguments: '{}' },
    ];
    expect(response).toMatchObject({ status: 'completed', output: items, tools: [FLAT], tool_choice: asked.tool_choice });
    const stream = client.responses.stream(asked);
    expect((await stream.finalResponse()).output).toMatchObject(items);
    const result = { type: 'function_call_output' as const, call_id: 'c1', output: 'Sunny' };
    await client.responses.create({ ...asked, input: [{ role: 'user', content: 'Hi' }, ...(response.output as Input), result] });
    expect(seen[2]?.messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: '', tool_calls: CALLS.map(({ id, function: about }) => ({ id, ...about })) },
      { role: 'user', content: 'Sunny', tool_call_id: 'c1' },
    ]);
    expect(seen[0]?.demands).toEqual({ tools: [{ name: 'weather', description: 'Of a city', parameters, strict: true }], toolChoice: { name: 'weather' } });
  });

  it('gets the events of a call in their order', async () => {
    const { client } = await setup(caller);
    const types = [];
    for await (const { type } of await client.responses.create({ model: 'echo', input: 'Hi', stream: true })) types.push(type.replace('response.', ''));
    const call = (pieces: number) => [
      'output_item.added',
      ...Array.from({ length: pieces }, () => 'function_call_arguments.delta'),
      'function_call_arguments.done',
      'output_item.done',
    ];
    expect(types.slice(types.indexOf('output_item.done') + 1)).toEqual([...call(2), ...call(1), 'completed']);
  });

  it.each([
    ['tools', { tools: 5 }],
    ['tools', { tools: [TOOL, TOOL] }],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: { name: 'what is it' } }] }],
    ['tools[0].function.parameters', { tools: [{ type: 'function', function: { name: 'f', parameters: 5 } }] }],
    ['tool_choice', { tool_choice: 'required' }],
    ['tool_choice', { tools: [TOOL], tool_choice: { type: 'function', function: { name: 'other' } } }],
    ['tool_choice', { tools: [TOOL], tool_choice: 'sometimes' }],
    ['parallel_tool_calls', { parallel_tool_calls: 1 }],
    [
      'messages[0].tool_calls[0].function.arguments',
      { messages: [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: {} } }] }] },
    ],
    ['functions', { functions: [{ name: 'f' }] }],
  ])('is refused for %s, by name', async (param, fields) => {
    const { chat } = await setup();
    const response = await chat(fields);
    expect([response.status, ((await response.json()) as { error: { param: string } }).error.param]).toEqual([400, param]);
  });

  it.each([{ tools: [] }, { tools: null, tool_choice: 'auto' }, { tool_choice: 'none' }, { parallel_tool_calls: true }])(
    'is answered for %j as without',
    async (fields) => {
      const { chat, seen } = await setup();
      expect((await chat(fields)).status).toBe(200);
      expect(seen[0]?.demands).toBeUndefined();
    },
  );
});
