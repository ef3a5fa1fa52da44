import { count, flag, listOf, oneOf, orNull, record, type SchemaObject, text } from '@tandem/api/openapi';
import { PAIR_SIDES, PROMPT_METHODS } from '@tandem/shared/contracts';

const SIDES: SchemaObject = { ...listOf(oneOf(PAIR_SIDES)), minItems: 1, maxItems: 2 } as SchemaObject;
const VALUE = {
  description: 'Null: it is not sent, so that the server’s own value holds',
  anyOf: [{ type: 'number' }, { type: 'array', items: { type: 'string' } }, { type: 'null' }],
} as unknown as SchemaObject;

const PARAMETERS = {
  temperature: { type: 'number', example: 0.7 },
  top_p: { type: 'number', example: 0.9 },
  top_k: { type: 'integer', example: 0 },
  repetition_penalty: { type: 'number', example: 1 },
  max_tokens: { type: 'integer', example: 512 },
  seed: { type: 'integer', example: 7 },
  stop: { type: 'array', items: { type: 'string' }, example: [] },
} satisfies Record<string, SchemaObject>;

const SENT = Object.fromEntries(Object.entries(PARAMETERS).map(([name, schema]) => [name, orNull(schema)]));

const SIDE = record('AskedSide', {
  model: text('tandem-tiny-chat'),
  method: oneOf(
    PROMPT_METHODS,
    'How the prompt is known: `engine`, by this server’s own template and tokenizer; `apply_template` and `tokenize`, by its server’s routes of these names',
  ),
  prompt: orNull(text('<s>What is Tandem?'), 'What the model reads, control tokens as they are written; null where its server does not tell that'),
  tokens: orNull(listOf(count(5)), 'The same in ids of its vocabulary'),
  parameters: record('SentParameters', SENT, { description: 'Null: not sent' }),
  reuses_cache: orNull(flag(false), 'Whether state of earlier prompts is used although it is asked not to be; null where nobody knows'),
  truncates: orNull(flag(false), 'Whether a prompt that is too long is cut in silence; null where nobody knows'),
});

const kind = (value: string): SchemaObject => ({ type: 'string', enum: [value] });

const DIFFERENCE: SchemaObject = {
  title: 'ParityDifference',
  oneOf: [
    record(
      'PromptDifference',
      { kind: kind('prompt'), byte: count(3, 'Of the prompts’ UTF-8, from 0'), baseline: text('What is'), derivative: text('<|user|>') },
      { description: 'The prompts’ texts part at a byte, and go on with these: at most 80 characters, none at an end' },
    ),
    record(
      'TokensDifference',
      { kind: kind('tokens'), token: count(0, 'From 0'), baseline: orNull(count(5)), derivative: orNull(count(9)) },
      { description: 'The prompts’ tokens part at a place. Null: behind the end' },
    ),
    record('PromptUnknown', { kind: kind('prompt_unknown'), sides: SIDES }, { description: 'Nobody knows what these sides read' }),
    record(
      'ParameterDifference',
      { kind: kind('parameter'), name: oneOf(Object.keys(PARAMETERS)), baseline: VALUE, derivative: VALUE },
      { description: 'A value does not reach both' },
    ),
    record('CacheDifference', { kind: kind('cache'), sides: SIDES }, { description: 'These sides may use state of earlier prompts' }),
    record('TruncationDifference', { kind: kind('truncation'), sides: SIDES }, { description: 'These sides may cut a prompt that is too long, in silence' }),
  ],
} as SchemaObject;

export const PARITY = record('Parity', {
  baseline: SIDE,
  derivative: SIDE,
  equal: flag(false, 'Whether nothing differs, as far as it is known for both'),
  differences: listOf(DIFFERENCE, 'What could not be made equal'),
  parameters: record('AskedParameters', PARAMETERS, { description: 'To ask both with, the seed drawn' }),
});
