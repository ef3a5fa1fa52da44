import { readChat, readCompletion } from './read-request';
import { refusedField } from './testing/refused-field';

const chat = (fields: object = {}) => readChat({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...fields });
const completion = (fields: object = {}) => readCompletion({ model: 'm', prompt: 'Hi', ...fields });

describe('a request for a chat', () => {
  it('is one whole answer of neutral sampling where nothing else is asked', () => {
    expect(chat()).toMatchObject({ model: 'm', isStream: false, wantsUsage: false });
    const [request, ...others] = chat().requests;
    expect([request?.messages, request?.parameters, request?.demands, others]).toEqual([[{ role: 'user', content: 'Hi' }], {}, undefined, []]);
    expect(request?.defaults).toMatchObject({ temperature: 1, top_p: 1, top_k: 0, repetition_penalty: 1 });
  });

  it('has choices whose seeds differ, and come again', () => {
    const seeds = (fields: object) => chat(fields).requests.map(({ parameters }) => parameters.seed);
    expect(seeds({ n: 3, seed: 7 })).toEqual([7, 8, 9]);
    expect(seeds({ n: 2, seed: Number.MAX_SAFE_INTEGER })).toEqual([Number.MAX_SAFE_INTEGER, 1]);
    expect(seeds({ n: 2 })).toEqual([undefined, undefined]);
  });

  it('is told what it took where that is asked for', () => {
    expect(chat({ stream: true, stream_options: { include_usage: true } })).toMatchObject({ isStream: true, wantsUsage: true });
    expect(chat({ stream: true, stream_options: {} })).toMatchObject({ isStream: true, wantsUsage: false });
  });

  it('remembers what it called its format', () => {
    expect(chat({ json_schema: {} }).formatField).toBe('json_schema');
    expect(chat().formatField).toBeUndefined();
  });

  it.each([
    ['model', { model: undefined }],
    ['model', { model: '' }],
    ['stream', { stream: 'yes' }],
    ['stream_options', { stream_options: 5 }],
    ['n', { n: 0 }],
    ['n', { n: 9 }],
    ['best_of', { n: 2, best_of: 3 }],
    ['best_of', { best_of: 2 }],
    ['prompt', { prompt: 'Hi' }],
    ['constructor', { constructor: 5 }],
    ['suffix', { suffix: 'x' }],
  ])('is refused for %s (%#)', (field, fields) => expect(refusedField(() => chat(fields))).toBe(field));

  it.each([{ best_of: 1 }, { suffix: '' }, { user: 'me', metadata: { a: 1 } }, { tool_choice: 'none' }, { unknown: null }])(
    'is taken with %j, which changes nothing',
    (fields) => expect(chat(fields)).toEqual(chat()),
  );
});

describe('a request for a completion', () => {
  it('has its prompts as texts to go on with, each with its choices', () => {
    const { requests } = completion({ prompt: ['a', [1, 2]], n: 2 });
    expect(requests.map(({ messages, demands }) => [messages[0]?.content, demands?.promptTokens, demands?.isRaw])).toEqual([
      ['a', undefined, true],
      ['a', undefined, true],
      ['', [1, 2], true],
      ['', [1, 2], true],
    ]);
  });

  it('may have its prompt told again with nothing behind it', () => {
    const asked = completion({ echo: true, max_tokens: 0, logprobs: 1 });
    expect([asked.echo, asked.requests[0]?.parameters.max_tokens, asked.requests[0]?.demands?.logprobs]).toEqual([{ isAlone: true }, 1, 1]);
    expect(completion().echo).toBeUndefined();
    expect(refusedField(() => completion({ max_tokens: 0 }))).toBe('max_tokens');
  });

  it.each([
    ['messages', { messages: [] }],
    ['tools', { tools: [{}] }],
    ['prompt', { prompt: [] }],
  ])('is refused for %s', (field, fields) => expect(refusedField(() => completion(fields))).toBe(field));
});
