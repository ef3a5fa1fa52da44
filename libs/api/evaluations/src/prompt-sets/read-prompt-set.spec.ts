import { readPromptSet, type SetFormat } from './read-prompt-set';

const read = (text: string | Buffer, format: SetFormat) => readPromptSet(Buffer.from(text as string), format);
const jsonl = (...prompts: object[]): string => prompts.map((prompt) => JSON.stringify(prompt)).join('\n');

describe('a file of prompts', () => {
  const PROMPTS = [
    { id: 'a', prompt: 'Say "hi",\nplease', reference: 'hi', tags: ['short', 'polite'], check: [{ type: 'exact' }] },
    { id: 'b', messages: [{ role: 'user', content: 'Grüße 😀' }], system: 'Be brief.', check: [{ type: 'max_words', value: 5 }] },
  ];
  const CSV = [
    'id,prompt,reference,tags,check,messages,system',
    'a,"Say ""hi"",\nplease",hi,short; polite,"{""type"":""exact""}",,',
    'b,,,,"[{""type"":""max_words"",""value"":5}]","[{""role"":""user"",""content"":""Grüße 😀""}]",Be brief.',
  ].join('\n');

  it.each([
    ['jsonl', jsonl(...PROMPTS)],
    ['jsonl', `\uFEFF\n${PROMPTS.map((prompt) => JSON.stringify(prompt)).join('\r\n\r\n')}\r\n`],
    ['json', JSON.stringify(PROMPTS, null, 2)],
    ['json', `\uFEFF${JSON.stringify({ name: 'mine', prompts: PROMPTS })}`],
    ['csv', CSV],
    ['csv', `\uFEFF${CSV.replace(/\n(?=[ab],)/g, '\r\n')}\r\n\r\n`],
  ] as const)('gives the same prompts as %s: %j', async (format, text) => {
    expect((await read(text, format)).prompts).toEqual(PROMPTS);
  });

  it('may call itself by a name', async () => {
    expect(await read(JSON.stringify({ name: 'mine', prompts: [{ prompt: 'x' }] }), 'json')).toEqual({ name: 'mine', prompts: [{ id: '1', prompt: 'x' }] });
  });

  it('calls prompts by their places, beside the ids that others have', async () => {
    const { prompts } = await read(jsonl({ prompt: 'x' }, { id: '3', prompt: 'y' }, { prompt: 'z', tags: null }), 'jsonl');
    expect(prompts.map(({ id }) => id)).toEqual(['1', '3', '3-']);
  });

  it.each<[string, SetFormat, string | Buffer, { line?: number; field?: string }]>([
    ['no JSON', 'jsonl', '{"prompt":"x"}\n\n{"prompt":', { line: 3 }],
    ['no object', 'jsonl', '"x"', { line: 1 }],
    ['a field that is not known', 'jsonl', jsonl({ prompt: 'x' }, { prompt: 'x', promt: 'y' }), { line: 2, field: 'promt' }],
    ['neither prompt nor messages', 'jsonl', jsonl({ id: 'x' }), { line: 1, field: 'prompt' }],
    ['both', 'jsonl', jsonl({ prompt: 'x', messages: [{ role: 'user', content: 'x' }] }), { line: 1, field: 'prompt' }],
    ['a blank prompt', 'jsonl', jsonl({ prompt: ' \n' }), { line: 1, field: 'prompt' }],
    ['an id that is there twice', 'jsonl', jsonl({ id: 'x', prompt: 'x' }, { id: 'x', prompt: 'y' }), { line: 2, field: 'id' }],
    ['an id that is no text', 'jsonl', jsonl({ id: 7, prompt: 'x' }), { line: 1, field: 'id' }],
    ['NUL', 'jsonl', jsonl({ prompt: 'x\0' }), { line: 1, field: 'prompt' }],
    ['half a character', 'jsonl', '{"prompt":"\\ud83d"}', { line: 1, field: 'prompt' }],
    ['a role that is none', 'jsonl', jsonl({ messages: [{ role: 'robot', content: 'x' }] }), { line: 1, field: 'messages[0].role' }],
    ['tags that are no list', 'jsonl', jsonl({ prompt: 'x', tags: 'x' }), { line: 1, field: 'tags' }],
    ['a check that is not known', 'jsonl', jsonl({ prompt: 'x', check: { type: 'nice' } }), { line: 1, field: 'check.type' }],
    [
      'a check whose value is not known',
      'jsonl',
      jsonl({ prompt: 'x', check: [{ type: 'json' }, { type: 'max_words', value: -1 }] }),
      { line: 1, field: 'check[1].value' },
    ],
    ['exact without anything to be', 'jsonl', jsonl({ prompt: 'x', check: { type: 'exact' } }), { line: 1, field: 'check.value' }],
    ['an expression that could go back', 'jsonl', jsonl({ prompt: 'x', check: { type: 'regex', value: '(a+)\\1' } }), { line: 1, field: 'check.value' }],
    ['a schema that is none', 'jsonl', jsonl({ prompt: 'x', check: { type: 'json_schema', value: { type: 'text' } } }), { line: 1, field: 'check.value' }],
    [
      'a schema that leads elsewhere',
      'jsonl',
      jsonl({ prompt: 'x', check: { type: 'json_schema', value: { $ref: 'http://127.0.0.1/x' } } }),
      { line: 1, field: 'check.value' },
    ],
    ['no prompts', 'jsonl', '\n', { line: 1 }],
    ['no UTF-8', 'jsonl', Buffer.from([...Buffer.from('{"prompt":"x"}\n'), 0xff, 0xfe]), { line: 2 }],
    ['a prompt in a list', 'json', '[\n {"prompt":"x"},\n {"prompt":\n  7}\n]', { line: 3, field: 'prompt' }],
    ['an item that is no JSON', 'json', '{"name":"x",\n"prompts":[{"prompt":"x"},\n{"prompt":nope}]}', { line: 3 }],
    ['a list that does not end', 'json', '[{"prompt":"x"}\n', { line: 2 }],
    ['an object without prompts', 'json', '{"name":"x"}', { line: 1, field: 'prompts' }],
    ['a name that is no text', 'json', '{"name":7,"prompts":[{"prompt":"x"}]}', { field: 'name' }],
    ['another field beside prompts', 'json', '{"title":"x","prompts":[]}', { line: 1, field: 'title' }],
    ['a number', 'json', '7', { line: 1 }],
    ['a prompt in a record over several lines', 'csv', 'prompt,check\n\n"a\nb",\n"c\nd","{}"\n', { line: 5, field: 'check.type' }],
    ['a column that is not known', 'csv', 'prompt,answer\nx,y\n', { line: 1, field: 'answer' }],
    ['a column that is there twice', 'csv', 'prompt,prompt\nx,y\n', { line: 1, field: 'prompt' }],
    ['a record with too many cells', 'csv', 'prompt\nx\ny,z\n', { line: 3 }],
    ['a quotation that is none', 'csv', 'prompt\nx\n"y" z\n', { line: 3 }],
    ['a cell that is no JSON', 'csv', 'prompt,check\nx,nice\n', { line: 2, field: 'check' }],
  ])('is refused for %s, with line and field', async (_, format, text, place) => {
    await expect(read(text, format)).rejects.toMatchObject({ status: 400, place });
  });

  it.each(['jsonl', 'json', 'csv'] as const)('holds 10,000 prompts and not one more, as %s', async (format) => {
    const file = (count: number): string => {
      if (format === 'csv') return `prompt\n${'x\n'.repeat(count)}`;
      const prompts = Array<string>(count).fill('{"prompt":"x"}');
      return format === 'json' ? `[${prompts.join(',')}]` : prompts.join('\n');
    };
    expect((await read(file(10_000), format)).prompts).toHaveLength(10_000);
    await expect(read(file(10_001), format)).rejects.toMatchObject({ code: 'payload_too_large', status: 413 });
  });
});
