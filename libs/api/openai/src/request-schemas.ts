import { flag, listOf, oneOf, record, type SchemaObject, text } from '@tandem/api/platform';
import { PARAMETER_RANGES, REQUEST_LIMITS, type ValueRange } from '@tandem/shared/contracts';
import { LOGPROBS, PENALTIES, SCHEMA_CHARACTERS } from './read-demands';

/** Clients send null for what they leave open. */
function inRange({ min, max, exclusiveMin, integer }: ValueRange, description: string): SchemaObject {
  return { type: [integer ? 'integer' : 'number', 'null'], ...(exclusiveMin ? { exclusiveMinimum: min } : { minimum: min }), maximum: max, description } as unknown as SchemaObject;
}

const nullable = (schema: object): SchemaObject => ({ anyOf: [schema, { type: 'null' }] }) as unknown as SchemaObject;

const { textCharacters, messages, stopStrings, stopCharacters } = REQUEST_LIMITS;
const stop = { type: 'string', minLength: 1, maxLength: stopCharacters };

const FORMAT = {
  anyOf: [
    { type: 'null' },
    { type: 'object', required: ['type'], properties: { type: oneOf(['text', 'json_object']) } },
    {
      type: 'object',
      required: ['type', 'json_schema'],
      properties: {
        type: oneOf(['json_schema']),
        json_schema: {
          type: 'object',
          required: ['name', 'schema'],
          properties: {
            name: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
            schema: { type: 'object', description: `A JSON Schema of at most ${SCHEMA_CHARACTERS} characters`, additionalProperties: true },
            strict: { type: ['boolean', 'null'] as never },
          },
        },
      },
    },
  ],
} as unknown as SchemaObject;

const MESSAGE = record('OpenAiMessage', {
  role: oneOf(['system', 'developer', 'user', 'assistant']),
  content: {
    anyOf: [
      { type: 'string', minLength: 1, maxLength: textCharacters },
      { type: 'array', items: { type: 'object', required: ['type', 'text'], properties: { type: oneOf(['text']), text: { type: 'string' } } } },
    ],
  } as SchemaObject,
});

const COMMON: Record<string, SchemaObject> = {
  model: text('tandem-tiny-chat', 'Id, name or endpoint of a configured model, or the name of a checkpoint'),
  stream: { type: ['boolean', 'null'] as never, description: 'Whether the answer comes piece by piece' },
  stream_options: nullable({ type: 'object', properties: { include_usage: flag(true, 'Whether the last chunk tells how many tokens it took') } }),
  max_tokens: inRange(PARAMETER_RANGES.max_tokens, 'The longest answer'),
  temperature: inRange(PARAMETER_RANGES.temperature, '0 is greedy'),
  top_p: inRange(PARAMETER_RANGES.top_p, '1 is off'),
  top_k: inRange(PARAMETER_RANGES.top_k, "0 is off; beyond OpenAI's own"),
  repetition_penalty: inRange(PARAMETER_RANGES.repetition_penalty, "1 is off; beyond OpenAI's own"),
  presence_penalty: inRange(PENALTIES, 'On what was said already, where the model can'),
  frequency_penalty: inRange(PENALTIES, 'On how often it was said, where the model can'),
  seed: inRange(PARAMETER_RANGES.seed, 'The same seed gives the same answer of a local model'),
  stop: { anyOf: [stop, { type: 'array', items: stop, maxItems: stopStrings }, { type: 'null' }] } as unknown as SchemaObject,
  response_format: FORMAT,
};
const OPTIONAL = Object.keys(COMMON).filter((name) => name !== 'model');
const OPEN = { additionalProperties: true };

export const CHAT_REQUEST: SchemaObject = {
  ...record(
    'OpenAiChatRequest',
    {
      ...COMMON,
      messages: { ...listOf(MESSAGE), minItems: 1, maxItems: messages } as SchemaObject,
      max_completion_tokens: inRange(PARAMETER_RANGES.max_tokens, 'Comes before `max_tokens`'),
      logprobs: { type: ['boolean', 'null'] as never, description: 'Whether to tell how likely each token was, where the model can' },
      top_logprobs: inRange(LOGPROBS, 'How many of the likeliest are told beside it; needs `logprobs`'),
    },
    { optional: [...OPTIONAL, 'max_completion_tokens', 'logprobs', 'top_logprobs'], description: 'Fields that are not described are ignored, or refused where they would change the answer' },
  ),
  ...OPEN,
};

export const TEXT_REQUEST: SchemaObject = {
  ...record(
    'OpenAiTextRequest',
    {
      ...COMMON,
      prompt: { type: 'string', minLength: 1, maxLength: textCharacters, description: 'Text to go on with, as it is' },
      logprobs: inRange(LOGPROBS, 'How many of the likeliest are told for each token, where the model can'),
    },
    { optional: [...OPTIONAL, 'logprobs'], description: 'Fields that are not described are ignored, or refused where they would change the answer' },
  ),
  ...OPEN,
};
