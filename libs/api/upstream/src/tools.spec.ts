import type { Demands, ToolDefinition } from '@tandem/api/completion';
import type { ChatTurn, Protocol } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { chunk, closeAfterEach, event, EVENT_STREAM_HEAD, LAST_CHUNK, type Script, startMisbehavingServer, wholeResponse } from '@tandem/testing';
import type { RemoteEndpoint } from './connection/remote-endpoint';
import { RemoteSource } from './source/remote-source';
import { UpstreamClient } from './connection/upstream-client';
import { UNHURRIED } from './testing/unhurried';

const closeLater = closeAfterEach();
const WEATHER: ToolDefinition = { name: 'weather', description: 'Of a city', parameters: { type: 'object', properties: { city: { type: 'string' } } } };
const CALL = { id: 'c1', name: 'weather', arguments: '{"city":"Paris"}' };
const TALK: readonly ChatTurn[] = [
  { role: 'user', content: 'Weather?' },
  { role: 'assistant', content: '', tool_calls: [CALL] },
  { role: 'user', content: 'Sunny', tool_call_id: 'c1' },
];

const delta = (value: object, reason: string | null = null) => event({ choices: [{ index: 0, delta: value, finish_reason: reason }] });
const streams =
  (...events: readonly string[]): Script =>
  (connection) =>
    connection.write([EVENT_STREAM_HEAD, chunk(events.join('')), LAST_CHUNK].join(''));

async function setup(script: Script, remote: Partial<RemoteEndpoint> = {}) {
  const server = await startMisbehavingServer(script);
  closeLater(() => server.close());
  const client = new UpstreamClient(UNHURRIED);
  closeLater(() => client.destroy());
  const source = new RemoteSource({ url: server.url, model: 'm', protocol: 'openai-chat', ...remote }, client);
  const sink = collect();
  const never = new AbortController().signal;
  const ask = async (demands: Demands = { tools: [WEATHER] }, messages: readonly ChatTurn[] = TALK) => {
    const request = { ...completionRequest(), messages, demands };
    return (await source.admit(request, never)).complete(request, sink, never);
  };
  const bodies = () => server.requests.map((text) => JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as Record<string, unknown>);
  return { ask, bodies, sink };
}

const ENOUGH = streams(delta({ content: 'Fine' }, 'stop'), event('[DONE]'));

describe('Tools', () => {
  it('go to a server that takes them, with the calls of the conversation and what came of them', async () => {
    const { ask, bodies } = await setup(ENOUGH);
    await ask({ tools: [WEATHER], toolChoice: { name: 'weather' }, parallelToolCalls: false });
    expect(bodies()).toMatchObject([
      {
        tools: [{ type: 'function', function: WEATHER }],
        tool_choice: { type: 'function', function: { name: 'weather' } },
        parallel_tool_calls: false,
        messages: [
          { role: 'user', content: 'Weather?' },
          { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }] },
          { role: 'tool', tool_call_id: 'c1', content: 'Sunny' },
        ],
      },
    ]);
  });

  it('are not spoken of where there are none', async () => {
    const { ask, bodies } = await setup(ENOUGH);
    await ask({}, [{ role: 'user', content: 'Hi' }]);
    expect(Object.keys(bodies()[0] ?? {}).filter((field) => field.includes('tool'))).toEqual([]);
  });

  it('go to Ollama in its own words, and its calls have ids', async () => {
    const lines = [
      { message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'weather', arguments: { city: 'Paris' } } }] }, done: false },
      { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' },
    ];
    const answer = wholeResponse(200, 'application/x-ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
    const { ask, bodies, sink } = await setup((connection) => connection.write(answer), { protocol: 'ollama' });
    await expect(ask()).resolves.toMatchObject({ finishReason: 'tool_calls' });
    expect(bodies()).toMatchObject([
      {
        tools: [{ type: 'function', function: { name: 'weather' } }],
        messages: [
          { role: 'user' },
          { role: 'assistant', tool_calls: [{ function: { name: 'weather', arguments: { city: 'Paris' } } }] },
          { role: 'tool', tool_name: 'weather', content: 'Sunny' },
        ],
      },
    ]);
    expect(sink.calls).toEqual([{ index: 0, id: expect.stringMatching(/^call_\w+$/) as string, name: 'weather', arguments: '{"city":"Paris"}' }]);
  });

  it.each<[Protocol, Demands, string]>([
    ['tgi', { tools: [WEATHER] }, 'tools'],
    ['text', { tools: [WEATHER] }, 'tools'],
    ['openai-completions', { tools: [WEATHER] }, 'tools'],
    ['ollama', { tools: [WEATHER], toolChoice: 'required' }, 'tool_choice'],
  ])('are refused by name where a server of the kind %s has nothing for them, and nothing is asked', async (protocol, demands, param) => {
    const { ask, bodies } = await setup(ENOUGH, { protocol });
    await expect(ask(demands)).rejects.toMatchObject({ code: 'invalid_request', param });
    expect(bodies()).toEqual([]);
  });

  it('are named where the server refuses them', async () => {
    const message = '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set';
    const { ask } = await setup((connection) => connection.write(wholeResponse(400, 'application/json', JSON.stringify({ error: { message } }))));
    await expect(ask()).rejects.toMatchObject({ code: 'invalid_request', param: 'tools', message: expect.stringContaining(message) as string });
  });

  it('are text for a server that is given a script', async () => {
    const { ask, bodies } = await setup((connection) => connection.write(wholeResponse(200, 'text/plain', 'Fine')), { protocol: 'text' });
    await ask({});
    expect(bodies()).toMatchObject([{ prompt: 'User: Weather?\n\nAssistant: weather({"city":"Paris"})\n\nUser: Sunny\n\nAssistant:' }]);
  });
});

describe("A model's tool calls", () => {
  const first = { index: 0, id: 'c1', type: 'function', function: { name: 'weather', arguments: '' } };
  const piece = (text: string, index = 0) => ({ index, function: { arguments: text } });

  it.each<[string, readonly string[], string]>([
    [
      'in pieces',
      [delta({ tool_calls: [first] }), delta({ tool_calls: [piece('{"city":')] }), delta({ tool_calls: [piece('"Paris"}')] }), delta({}, 'tool_calls')],
      'c1',
    ],
    [
      'whole, as a message',
      [
        event({
          choices: [
            { message: { content: null, tool_calls: [{ id: 'c1', function: { name: 'weather', arguments: CALL.arguments } }] }, finish_reason: 'tool_calls' },
          ],
        }),
      ],
      'c1',
    ],
    ['with the reason stop', [delta({ tool_calls: [{ ...first, function: { name: 'weather', arguments: CALL.arguments } }] }), delta({}, 'stop')], 'c1'],
    [
      'with id and name in every piece',
      [
        delta({ tool_calls: [{ ...first, function: { name: 'weather', arguments: '{"city":' } }] }),
        delta({ tool_calls: [{ ...first, function: { name: 'weather', arguments: '"Paris"}' } }] }),
        delta({}, 'tool_calls'),
      ],
      'c1',
    ],
    [
      'without an id',
      [
        delta({ tool_calls: [{ index: 0, function: { name: 'weather', arguments: '{"city":' } }] }),
        delta({ tool_calls: [piece('"Paris"}')] }),
        delta({}, 'tool_calls'),
      ],
      '',
    ],
    [
      'in the form of old',
      [delta({ function_call: { name: 'weather', arguments: '{"city":' } }), delta({ function_call: { arguments: '"Paris"}' } }), delta({}, 'function_call')],
      '',
    ],
  ])('come %s as one, told as such', async (_, events, id) => {
    const { ask, sink } = await setup(streams(...events, event('[DONE]')));
    await expect(ask()).resolves.toMatchObject({ finishReason: 'tool_calls' });
    const [head, ...rest] = sink.calls;
    expect(head).toMatchObject({ index: 0, id: id || (expect.stringMatching(/^call_/) as string), name: 'weather' });
    expect(rest.map((one) => [one.index, one.id, one.name])).toEqual(rest.map(() => [0, undefined, undefined]));
    expect(sink.calls.map((one) => one.arguments).join('')).toBe(CALL.arguments);
    expect(sink.answer).toBe('');
  });

  it.each([
    ['numbered', [0, 1]],
    ['numbered alike', [0, 0]],
    ['not numbered', [undefined, undefined]],
  ])('stay apart where there are two, %s', async (_, indexes) => {
    const calls = indexes.map((index, at) => delta({ tool_calls: [{ index, id: `c${at}`, function: { name: `f${at}`, arguments: `{"n":${at}}` } }] }));
    const { ask, sink } = await setup(streams(...calls, delta({}, 'tool_calls'), event('[DONE]')));
    await ask();
    expect(sink.calls).toEqual([0, 1].map((at) => ({ index: at, id: `c${at}`, name: `f${at}`, arguments: `{"n":${at}}` })));
  });

  it('come beside text and thoughts', async () => {
    const { ask, sink } = await setup(
      streams(delta({ reasoning: 'Hm' }), delta({ content: 'Look' }), delta({ tool_calls: [first] }), delta({}, 'tool_calls'), event('[DONE]')),
    );
    await ask();
    expect([sink.reasoning, sink.answer, sink.calls.length]).toEqual(['Hm', 'Look', 1]);
  });
});
