import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Demands, ToolDefinition } from '@tandem/api/completion';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { ggufBytes, randomLlama, STRING } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const EACH = "{% for tool in tools or [] %}{{ tool.function.name }} {% endfor %}{% for message in messages %}{{ message['content'] }}|{% endfor %}";
const TEMPLATES = {
  'hermes.gguf': `${EACH}{# <tool_call></tool_call> #}`,
  'mistral.gguf': `${EACH}{# [TOOL_CALLS] #}`,
  'llama.gguf': `${EACH}{# <|python_tag|> #}`,
  'plain.gguf': "{% for message in messages %}{{ message['content'] }}|{% endfor %}",
};

const TOOLS: readonly ToolDefinition[] = [
  {
    name: 'move',
    parameters: {
      type: 'object',
      $defs: { step: { type: 'integer', minimum: 0, maximum: 9 } },
      properties: { 'rule-1': { enum: ['root', 'rule-1', 'a]"'] }, by: { $ref: '#/$defs/step' } },
      required: ['rule-1', 'by'],
      additionalProperties: false,
    },
  },
  { name: 'wait', parameters: { properties: { list: { type: 'array', items: { type: 'boolean' }, maxItems: 2 } }, required: ['list'] } },
  { name: 'stop', parameters: { type: 'object', properties: {}, additionalProperties: false } },
];

const names = Array.from({ length: 100 }, (_, n) => `a rather long name of a property, the one of the number ${n}`);
const WIDE = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])), required: names };

describe('a local checkpoint that must call a tool', () => {
  const { path, remove } = temporaryFolder();
  const { runtime, close } = openInference(path);
  const never = new AbortController().signal;
  const request = (demands: Demands, seed = 1) => ({ ...completionRequest('Go', { temperature: 2, top_p: 1, max_tokens: 400, seed }), demands });

  beforeAll(() => {
    for (const [name, template] of Object.entries(TEMPLATES))
      writeFileSync(join(path, name), ggufBytes(randomLlama([['tokenizer.chat_template', STRING, template]])));
  });
  afterAll(async () => {
    await close();
    remove();
  });

  async function admit(model: string, asked: ReturnType<typeof request>) {
    const source = runtime.sourceFor(model);
    return (await source.admit?.(asked, never)) ?? source;
  }

  async function callsOf(model: string, demands: Demands, seed: number) {
    const sink = collect();
    const asked = request(demands, seed);
    const source = await admit(model, asked);
    const end = await source.complete(asked, sink, never);
    return { calls: sink.calls, text: sink.answer, end };
  }

  const validators = new Map(TOOLS.map(({ name, parameters = {} }) => [name, new Ajv2020({ strict: false }).compile(parameters)]));

  it.each(['hermes.gguf', 'mistral.gguf', 'llama.gguf'])('calls it with arguments that obey its schema: %s', async (model) => {
    for (const seed of [1, 2, 3, 4]) {
      const { calls, text, end } = await callsOf(model, { tools: TOOLS, toolChoice: 'required', parallelToolCalls: false }, seed);
      expect({ text, reason: end.finishReason, count: calls.length }).toEqual({ text: '', reason: 'tool_calls', count: 1 });
      for (const { name = '', arguments: given } of calls)
        expect({ given, isValid: validators.get(name)?.(JSON.parse(given)) }).toEqual({ given, isValid: true });
    }
  });

  it('calls the one that is named', async () => {
    for (const { name } of TOOLS) expect((await callsOf('hermes.gguf', { tools: TOOLS, toolChoice: { name } }, 1)).calls).toMatchObject([{ index: 0, name }]);
  });

  it('calls none where none may be called', async () => {
    expect((await callsOf('plain.gguf', { tools: TOOLS, toolChoice: 'none' }, 1)).calls).toEqual([]);
  });

  it.each<[string, string, Demands, string, RegExp]>([
    ['a template without a place for them', 'plain.gguf', { tools: TOOLS }, 'tools', /it has no place for tools/],
    ['a format beside them', 'hermes.gguf', { tools: TOOLS, format: { type: 'json_object' } }, 'response_format', /cannot stand beside tools/],
    [
      'arguments that no grammar can say',
      'hermes.gguf',
      { tools: [{ name: 'f', parameters: { properties: { a: { type: 'string', pattern: '^x' } } } }], toolChoice: 'required' },
      'tools',
      /tools: the parameters of the tool 0 cannot be turned into a grammar.*"pattern" is not understood/,
    ],
    [
      'arguments that are too many together',
      'hermes.gguf',
      { tools: Array.from({ length: 60 }, (_, n) => ({ name: `f${n}`, parameters: WIDE })), toolChoice: 'required' },
      'tools',
      /their parameters together are too large/,
    ],
  ])('is refused by name for %s', async (_, model, demands, param, message) => {
    await expect(admit(model, request(demands))).rejects.toMatchObject({
      code: 'invalid_request',
      param,
      message: expect.stringMatching(message) as string,
    });
  });
});
