import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonFormat } from '@tandem/api/completion';
import type { SamplingParameters } from '@tandem/shared/contracts';
import { collect, completionRequest } from '@tandem/api/completion/testing';
import { ggufBytes, guardLeaks, noiseModel, randomByteSpeaker } from '@tandem/testing';
import { openInference, temporaryFolder } from './testing/open-inference';

/** Models whose tokens are single bytes, each about as likely as any other. */
const MODELS = { 'byte-level pieces': 'pieces.gguf', 'byte tokens': 'bytes.gguf' };
const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const FREE: Partial<SamplingParameters> = { temperature: 2, top_p: 1, top_k: 0, repetition_penalty: 1, max_tokens: 2_500 };

const text = { type: 'string', minLength: 2, maxLength: 3 };
const SCHEMAS = {
  'lengths of text': { type: 'array', items: text, minItems: 5, maxItems: 5 },
  'text that may be empty': { type: 'object', properties: { a: { type: 'string', maxLength: 4 }, b: text }, required: ['a', 'b'], additionalProperties: false },
  'names that are open': { type: 'object', additionalProperties: { type: 'string', maxLength: 1 }, minProperties: 1, maxProperties: 1 },
  'integers under such names': {
    type: 'object',
    additionalProperties: { type: 'integer', exclusiveMinimum: 0, maximum: 12 },
    minProperties: 1,
    maxProperties: 2,
  },
  'values of several alphabets': { type: 'array', items: { enum: ['é', 'ࠀ', '\u{10000}', '\u{10ffff}', '日本', '日曜'] }, minItems: 3, maxItems: 3 },
};

describe.each(Object.entries(MODELS))('a model of %s', (_, model) => {
  const { path, remove } = temporaryFolder();
  const { runtime, close } = openInference(path);

  beforeAll(() => {
    writeFileSync(join(path, 'pieces.gguf'), noiseModel());
    writeFileSync(join(path, 'bytes.gguf'), ggufBytes(randomByteSpeaker()));
  });
  afterAll(async () => {
    await close();
    remove();
  });

  async function answer(format: JsonFormat, seed: number) {
    const sink = collect();
    const request = { ...completionRequest('Go', { ...FREE, seed }), demands: { format, logprobs: 0 } };
    const { finishReason } = await runtime.sourceFor(model).complete(request, sink, new AbortController().signal);
    return { finishReason, text: sink.answer, bytes: Uint8Array.from(sink.likelihoods.flatMap(({ bytes }) => [...(bytes ?? [])])) };
  }

  it.each(Object.entries(SCHEMAS))('answers in whole characters, and as many as a schema with %s allows', async (_, schema) => {
    const isValid = new Ajv2020().compile(schema);
    for (const seed of SEEDS) {
      const { text: json, finishReason } = await answer({ type: 'json_schema', name: 'it', schema }, seed);
      expect({ seed, json, finishReason, isValid: isValid(JSON.parse(json)) }).toEqual({ seed, json, finishReason: 'stop', isValid: true });
    }
  });

  it('says bytes that are UTF-8 in an object of any shape', async () => {
    for (const seed of SEEDS.slice(0, 10)) {
      const { text: json, bytes } = await answer({ type: 'json_object' }, seed);
      // its last character may be cut off by the end
      expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true }).startsWith(json)).toBe(true);
    }
  });
});

guardLeaks();
