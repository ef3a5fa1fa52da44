import OpenAI from 'openai';
import { Fault } from '@tandem/api/faults';
import { startOpenAi } from './testing/start-openai';

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

async function setup(changes: Parameters<typeof startOpenAi>[0] = {}) {
  const started = await startOpenAi(changes);
  const client = new OpenAI({ baseURL: `${started.origin}/v1`, apiKey: 'none', maxRetries: 0 });
  return { ...started, client };
}

/** Thinks, then answers. */
const thinker: Parameters<typeof startOpenAi>[0] = {
  complete: async (_, sink) => {
    sink.text('Hm', true);
    sink.text('So ');
    sink.text('far');
    return { finishReason: 'stop', usage, cachedTokens: 1 };
  },
};

describe("OpenAI's client, asking for a response,", () => {
  it('gets text for text, with neutral values and what it took', async () => {
    const { client, seen } = await setup();
    const response = await client.responses.create({ model: 'echo', input: 'Hi', instructions: 'Be kind.' });
    expect(response).toMatchObject({
      object: 'response',
      status: 'completed',
      output_text: 'Hi',
      store: false,
      previous_response_id: null,
      usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5, input_tokens_details: { cached_tokens: 1 } },
    });
    expect(seen[0]?.messages).toEqual([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ]);
    expect(seen[0]?.parameters).toMatchObject({ temperature: 1, top_p: 1, top_k: 0, repetition_penalty: 1 });
  });

  it('may send its conversation again, with what it was answered', async () => {
    const { client, seen } = await setup(thinker);
    const first = await client.responses.create({ model: 'echo', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }] });
    expect(first.output.map(({ type }) => type)).toEqual(['reasoning', 'message']);
    await client.responses.create({
      model: 'echo',
      input: [{ role: 'user', content: 'Hi' }, ...(first.output as OpenAI.Responses.ResponseInputItem[]), { role: 'user', content: 'Go on' }],
      max_output_tokens: 9,
      store: false,
    });
    expect(seen[1]?.messages.map(({ role, content }) => `${role}:${content}`)).toEqual(['user:Hi', 'assistant:So far', 'user:Go on']);
    expect(seen[1]?.parameters.max_tokens).toBe(9);
  });

  it('gets events in their order, each numbered, of which the last has all of it', async () => {
    const { client } = await setup(thinker);
    const events = [];
    for await (const event of await client.responses.create({ model: 'echo', input: 'Hi', stream: true })) events.push(event);
    expect(events.map(({ type }) => type.replace('response.', ''))).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'reasoning_text.delta',
      'reasoning_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'completed',
    ]);
    expect(events.map(({ sequence_number: n }) => n)).toEqual(events.map((_, index) => index));
    const last = events.at(-1) as OpenAI.Responses.ResponseCompletedEvent;
    expect(last.response.output).toMatchObject([{ type: 'reasoning' }, { type: 'message', content: [{ text: 'So far' }] }]);
    const final = await client.responses.stream({ model: 'echo', input: 'Hi' }).finalResponse();
    expect(final.output_text).toBe('So far');
  });

  it('is told where an answer is cut, and where it broke off', async () => {
    const cut = await setup({ complete: async (_, sink) => (sink.text('a'), { finishReason: 'length' }) });
    expect(await cut.client.responses.create({ model: 'echo', input: 'Hi' })).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
    const broken = await setup({
      complete: async (_, sink) => {
        sink.text('a');
        throw new Fault('upstream_incomplete', 'It broke off.');
      },
    });
    await expect(broken.client.responses.create({ model: 'echo', input: 'Hi' })).rejects.toMatchObject({ status: 502, code: 'upstream_incomplete' });
    const events = [];
    for await (const event of await broken.client.responses.create({ model: 'echo', input: 'Hi', stream: true })) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'response.failed', response: { status: 'failed', error: { code: 'upstream_incomplete' } } });
  });

  it.each([
    ['json_schema', { type: 'json_schema', name: 'it', schema: { type: 'integer' } }, { type: 'json_schema', name: 'it', schema: { type: 'integer' } }],
    ['json_object', { type: 'json_object' }, { type: 'json_object' }],
    ['text', { type: 'text' }, undefined],
  ])('has its format %s given to the model', async (_, format, expected) => {
    const { post, seen } = await setup();
    expect((await post('responses', { input: 'Hi', text: { format } })).status).toBe(200);
    expect(seen[0]?.demands?.format).toEqual(expected);
  });

  it.each([
    ['store', { store: true }],
    ['previous_response_id', { previous_response_id: 'resp_1' }],
    ['conversation', { conversation: 'c' }],
    ['background', { background: true }],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
    ['truncation', { truncation: 'auto' }],
    ['text.format', { text: { format: { type: 'xml' } } }],
    ['text.format.schema', { text: { format: { type: 'json_schema', name: 'x' } } }],
    ['text.verbosity', { text: { verbosity: 'low' } }],
    ['max_output_tokens', { max_output_tokens: 0 }],
    ['temperature', { temperature: 3 }],
    ['input', { input: 5 }],
    ['input[0].content', { input: '' }],
    ['input[0].type', { input: [{ type: 'item_reference', id: 'x' }] }],
    ['top_k', { top_k: 5 }],
  ])('is refused for %s, by name', async (param, fields) => {
    const { post } = await setup();
    const response = await post('responses', { input: 'Hi', ...fields });
    expect([response.status, ((await response.json()) as { error: { param: string } }).error.param]).toEqual([400, param]);
  });
});
