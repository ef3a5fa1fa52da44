import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Demands } from '@tandem/api/completion';
import type { SamplingParameters } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { ggufBytes, randomLlama, randomLlamaOver } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

const BASE = 'pretrain/tandem-tiny-base.gguf';
const TUNED = 'sft/tandem-tiny-chat.gguf';
const GREEDY: Partial<SamplingParameters> = { temperature: 0, top_p: 1, top_k: 0, repetition_penalty: 1, max_tokens: 40 };
const WILD: Partial<SamplingParameters> = { temperature: 2, top_p: 1, top_k: 0, repetition_penalty: 1, max_tokens: 900 };

/** A model of noise with hardly a preference: less than any penalty takes away. */
const INDIFFERENT = 'indifferent.gguf';
/** All that this one can say, but for its end. */
const BRACES = 'braces.gguf';

function indifferent() {
  const { metadata, tensors } = randomLlama();
  const quiet = (data: Buffer) => Buffer.from(new Float32Array(data.buffer, data.byteOffset, data.length / 4).map((weight) => weight / 100).buffer);
  return { metadata, tensors: tensors.map((tensor) => (tensor.name === 'output.weight' ? { ...tensor, data: quiet(tensor.data) } : tensor)) };
}

/** What there is to say under each has an end within `WILD`, whatever a model chooses. */
const short = { type: 'string', maxLength: 6 };
const SCHEMAS: Record<string, object> = {
  'an object with optional properties': {
    type: 'object',
    properties: { a: { type: 'integer', minimum: -3, maximum: 250 }, b: short, c: { type: 'boolean' } },
    required: ['b'],
    additionalProperties: false,
  },
  'only optional properties': { type: 'object', properties: { x: { type: 'null' }, y: { enum: ['one', 'tw"o', 3, null] } } },
  'lists within bounds': { type: 'array', items: { type: 'number', minimum: 0, maximum: 1 }, minItems: 2, maxItems: 4 },
  'a list with a beginning': {
    type: 'array',
    prefixItems: [{ const: { kind: 'point' } }, { type: 'integer' }],
    items: { type: 'boolean' },
    minItems: 3,
    maxItems: 4,
  },
  'alternatives and references': {
    $defs: { leaf: { type: ['integer', 'null'] } },
    anyOf: [{ $ref: '#/$defs/leaf' }, { type: 'object', properties: { leaf: { $ref: '#/$defs/leaf' } }, required: ['leaf'] }],
  },
  'formats of text': {
    type: 'object',
    properties: { on: { type: 'string', format: 'date-time' }, id: { type: 'string', format: 'uuid' }, day: { type: 'string', format: 'date' } },
    required: ['on', 'id', 'day'],
  },
  'lengths of text': { type: 'array', items: { type: 'string', minLength: 2, maxLength: 3 }, minItems: 3, maxItems: 3 },
  'thousands of values': { type: 'array', items: { enum: Array.from({ length: 6_000 }, (_, n) => `value ${(n * 7_919) % 6_007}`) }, minItems: 2, maxItems: 2 },
  'values that begin others': {
    type: 'array',
    items: { enum: [1, 12, 123, -1, 1.5, '1', '12', 'a', 'ab', 'b]', 'c\\-^"', '\u0000', null, true, { a: [1] }, { a: [12] }] },
    minItems: 3,
    maxItems: 3,
  },
  'values in single alternatives': {
    anyOf: [...Array.from({ length: 300 }, (_, n) => ({ const: `k${n}`, title: `${n}` })), { enum: [false, 7] }, { type: 'array', maxItems: 0 }],
  },
  'alternatives that a property tells apart': {
    $defs: { leaf: { type: 'object', properties: { op: { const: 'leaf' } }, required: ['op'], additionalProperties: false } },
    anyOf: [
      { $ref: '#/$defs/leaf' },
      { type: 'object', properties: { op: { enum: ['not', 'neg'] }, of: { $ref: '#/$defs/leaf' } }, required: ['op', 'of'], additionalProperties: false },
    ],
  },
  'a root that is no object': { type: 'integer' },
};

describe('a local checkpoint', () => {
  const { path, remove } = temporaryFolder();
  const { runtime, close } = openInference();
  const special = openInference(path);

  beforeAll(() => {
    writeFileSync(join(path, INDIFFERENT), ggufBytes(indifferent()));
    writeFileSync(join(path, BRACES), ggufBytes(randomLlamaOver(['{', '}'])));
  });
  afterAll(async () => {
    await Promise.all([close(), special.close()]);
    remove();
  });

  async function answer(
    model: string,
    demands: Demands,
    parameters: Partial<SamplingParameters> = GREEDY,
    prompt = 'Tell me about the river.',
    among = runtime,
  ) {
    const sink = collect();
    const request = { ...completionRequest(prompt, parameters), demands };
    const end = await among.sourceFor(model).complete(request, sink, new AbortController().signal);
    return { text: sink.answer, tokens: sink.likelihoods, end };
  }

  describe('answers in JSON', () => {
    it.each(Object.entries(SCHEMAS))('that is valid under a schema with %s', async (_, schema) => {
      const ajv = new Ajv2020({ strict: false });
      (addFormats as unknown as (to: Ajv2020) => void)(ajv);
      const isValid = ajv.compile(schema);
      for (const seed of [1, 2, 3]) {
        const { text, end } = await answer(TUNED, { format: { type: 'json_schema', name: 'it', schema } }, { ...WILD, seed });
        expect(end.finishReason).toBe('stop');
        expect({ text, isValid: isValid(JSON.parse(text)) }).toEqual({ text, isValid: true });
      }
    });

    it('of any shape', async () => {
      for (const seed of [1, 2, 3, 4]) {
        const { text, end } = await answer(TUNED, { format: { type: 'json_object' } }, { ...WILD, seed });
        expect(text).toMatch(/^\{/);
        if (end.finishReason === 'stop') expect(typeof JSON.parse(text)).toBe('object');
      }
    });

    it('of any shape, and ends with it', async () => {
      const { text, end } = await answer(BRACES, { format: { type: 'json_object' } }, WILD, '{', special.runtime);
      expect([text, end.finishReason]).toEqual(['{}', 'stop']);
    });
  });

  it.each<[string, object, RegExp]>([
    ['a pattern', { type: 'object', properties: { a: { type: 'string', pattern: '^x' } } }, /at \/properties\/a "pattern" is not understood/],
    ['what is outside of it', { $ref: 'https://example.com/schema' }, /at its root \$ref leads out of the schema/],
    ['a reference that leads nowhere', { properties: { a: { $ref: '#/$defs/none' } } }, /"#\/\$defs\/none" leads nowhere/],
    ['itself', { $defs: { a: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' }, /leads back to itself/],
    ['itself in an alternative', { anyOf: [{ type: 'null' }, { $ref: '#' }] }, /leads back to itself/],
    [
      'itself in an alternative of another',
      { $defs: { f: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }, anyOf: [{ properties: { p: { $ref: '#/$defs/f' } } }, { $ref: '#/$defs/f' }] },
      /leads back to itself/,
    ],
    ['nothing at all', { type: 'object', properties: { a: false }, required: ['a'] }, /at \/properties\/a nothing is valid/],
    ['too many repetitions', { type: 'array', items: {}, minItems: 100_000 }, /minItems is larger than 500/],
    [
      'too many rules',
      {
        type: 'object',
        properties: Object.fromEntries(Array.from({ length: 8_001 }, (_, n) => [`p${n}`, { const: n }])),
        required: Array.from({ length: 8_001 }, (_, n) => `p${n}`),
      },
      /it is too large/,
    ],
    ['an unknown type', { type: 'text' }, /type is none of JSON Schema/],
  ])('refuses a schema with %s before it does anything', async (_, schema, reason) => {
    const admitted = runtime
      .sourceFor(TUNED)
      .admit?.({ messages: [{ role: 'user', content: 'Hi' }], demands: { format: { type: 'json_schema', name: 'it', schema } } }, new AbortController().signal);
    await expect(admitted).rejects.toMatchObject({ code: 'invalid_request', param: 'response_format', message: expect.stringMatching(reason) });
  });

  it('tells how likely each token was, in agreement with the text', async () => {
    const { text, tokens, end } = await answer(TUNED, { logprobs: 3 });
    expect(tokens.map(({ token }) => token).join('')).toBe(text);
    expect(tokens).toHaveLength(end.usage?.completion_tokens ?? 0);
    for (const { token, logprob, bytes, top_logprobs: others } of tokens) {
      expect(others).toHaveLength(3);
      // greedy: the chosen one is the likeliest
      expect(others[0]).toEqual({ token, logprob, bytes });
      expect(others.map((other) => other.logprob)).toEqual(others.map((other) => other.logprob).sort((a, b) => b - a));
      const sum = others.reduce((all, other) => all + Math.exp(other.logprob), 0);
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeLessThan(1.0001);
    }
  });

  it('answers the same whether its tokens are told or not', async () => {
    const sampled = { temperature: 0.9, max_tokens: 40, seed: 5 };
    const { tokens, text } = await answer(TUNED, { logprobs: 0 }, sampled);
    expect(tokens.every(({ top_logprobs: others }) => others.length === 0)).toBe(true);
    expect((await answer(TUNED, {}, sampled)).text).toBe(text);
  });

  it('leaves out the tokens of a stop string', async () => {
    const whole = await answer(TUNED, {});
    const third = Math.floor(whole.text.length / 3);
    const stop = whole.text.slice(third, third + 6);
    const { text, tokens } = await answer(TUNED, { logprobs: 0 }, { ...GREEDY, stop: [stop] });
    expect(text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(text.startsWith(tokens.map(({ token }) => token).join(''))).toBe(true);
  });

  it('goes on with raw text as it is, whatever template it has', async () => {
    const raw = await answer(TUNED, { isRaw: true }, GREEDY, 'The river');
    const asTurn = await answer(TUNED, {}, GREEDY, 'The river');
    expect(raw.end.usage?.prompt_tokens).toBeLessThan(asTurn.end.usage?.prompt_tokens ?? 0);
    // one without a template reads both the same way
    expect((await answer(BASE, { isRaw: true }, GREEDY, 'The river')).text).toBe((await answer(BASE, {}, GREEDY, 'The river')).text);
  });

  it('says nothing but the likeliest where all that is less likely is left out', async () => {
    const sampled = { ...WILD, max_tokens: 30, seed: 3 };
    const { text } = await answer(TUNED, { minP: 1 }, sampled);
    expect(text).toBe((await answer(TUNED, {}, { ...GREEDY, max_tokens: 30 })).text);
    expect((await answer(TUNED, {}, sampled)).text).not.toBe(text);
  });

  it('refuses what only some model servers know', async () => {
    const admitted = runtime
      .sourceFor(TUNED)
      .admit?.({ messages: [{ role: 'user', content: 'Hi' }], demands: { passed: { logit_bias: { 5: 1 } } } }, new AbortController().signal);
    await expect(admitted).rejects.toMatchObject({ code: 'invalid_request', param: 'logit_bias' });
  });

  it.each(['presencePenalty', 'frequencyPenalty'] as const)('says nothing twice with a %s that is larger than its preferences', async (penalty) => {
    const long = { ...GREEDY, max_tokens: 60 };
    const { tokens } = await answer(INDIFFERENT, { [penalty]: 2, logprobs: 0 }, long, 'Go', special.runtime);
    expect(tokens).toHaveLength(60);
    expect(new Set(tokens.map(({ bytes }) => String(bytes))).size).toBe(60);
  });
});
