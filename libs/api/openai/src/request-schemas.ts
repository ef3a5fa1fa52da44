import { flag, listOf, oneOf, record, type SchemaObject, text } from '@tandem/api/openapi';
import { PARAMETER_RANGES, REQUEST_LIMITS, type ValueRange } from '@tandem/shared/contracts';
import { LOGPROBS, PENALTIES, SHARES } from './read-demands';
import { SCHEMA_CHARACTERS } from './read-format';
import { CHOICES } from './read-request';
import { IDLE, PASSED, REFUSED } from './request-fields';
import { CHAT_TOOLS, TOOL_CALL } from './tool-schemas';

/** Clients send null for what they leave open. */
export function inRange({ min, max, exclusiveMin, integer }: ValueRange, description: string, otherwise?: number | null): SchemaObject {
  const least = exclusiveMin ? { exclusiveMinimum: min } : { minimum: min };
  return {
    type: [integer ? 'integer' : 'number', 'null'],
    ...least,
    maximum: max,
    description,
    ...(otherwise === undefined ? {} : { default: otherwise }),
  } as unknown as SchemaObject;
}

export const nullable = (schema: object): SchemaObject => ({ anyOf: [schema, { type: 'null' }] }) as unknown as SchemaObject;

const { textCharacters, messages, stopStrings, stopCharacters } = REQUEST_LIMITS;
const stop = { type: 'string', minLength: 1, maxLength: stopCharacters };

const SCHEMA = { type: 'object', description: `A JSON Schema of at most ${SCHEMA_CHARACTERS} characters`, additionalProperties: true };

const FORMAT = {
  anyOf: [
    { type: 'null' },
    { type: 'object', required: ['type'], properties: { type: oneOf(['text', 'json_object']), schema: { ...SCHEMA, type: ['object', 'null'] } } },
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
            schema: SCHEMA,
            strict: { type: ['boolean', 'null'] as never },
          },
        },
      },
    },
  ],
} as unknown as SchemaObject;

const TEXT_PART = { type: 'object', required: ['type', 'text'], properties: { type: oneOf(['text', 'input_text', 'output_text']), text: { type: 'string' } } };
const REFUSAL_PART = { type: 'object', required: ['type', 'refusal'], properties: { type: oneOf(['refusal']), refusal: { type: 'string' } } };
const anyText = { type: 'string', maxLength: textCharacters };
const partsOf = (...parts: object[]): object => ({ type: 'array', items: parts.length === 1 ? parts[0] : { anyOf: parts } });

const message = (title: string, roles: readonly string[], content: object, optional: Record<string, SchemaObject> = {}, isOpen = false): SchemaObject => ({
  ...record(
    title,
    { role: oneOf(roles), content: content as SchemaObject, ...optional },
    { optional: [...Object.keys(optional), ...(isOpen ? ['content'] : [])] },
  ),
  additionalProperties: true,
});

/** What of it may be blank follows from who says it. */
export const REQUEST_MESSAGE = {
  anyOf: [
    message('OpenAiUserMessage', ['user'], { anyOf: [{ ...anyText, minLength: 1, pattern: '\\S' }, partsOf(TEXT_PART)] }),
    message('OpenAiSystemMessage', ['system', 'developer'], { anyOf: [anyText, partsOf(TEXT_PART), { type: 'null' }] }, {}, true),
    message(
      'OpenAiAssistantMessage',
      ['assistant'],
      { anyOf: [anyText, partsOf(TEXT_PART, REFUSAL_PART), { type: 'null' }] },
      { refusal: { type: ['string', 'null'] as never }, tool_calls: nullable(listOf(TOOL_CALL)) },
      true,
    ),
    message(
      'OpenAiToolMessage',
      ['tool'],
      { anyOf: [anyText, partsOf(TEXT_PART), { type: 'null' }] },
      { tool_call_id: { type: ['string', 'null'], minLength: 1 } as unknown as SchemaObject },
      true,
    ),
  ],
} as unknown as SchemaObject;

const COMMON: Record<string, SchemaObject> = {
  model: { ...text('tandem-tiny-chat', 'Id, name or endpoint of a configured model, or the name of a checkpoint'), minLength: 1 } as SchemaObject,
  stream: { type: ['boolean', 'null'] as never, description: 'Whether the answer comes piece by piece' },
  stream_options: nullable({ type: 'object', properties: { include_usage: flag(true, 'Whether the last chunk tells how many tokens it took') } }),
  max_tokens: inRange(PARAMETER_RANGES.max_tokens, 'The longest answer', 512),
  n: inRange(CHOICES, 'How many answers, one after the other; each has the next seed', 1),
  best_of: inRange(CHOICES, 'Nothing but `n`', 1),
  temperature: inRange(PARAMETER_RANGES.temperature, '0 is greedy', 1),
  top_p: inRange(PARAMETER_RANGES.top_p, '1 is off', 1),
  top_k: inRange(PARAMETER_RANGES.top_k, "0 is off; beyond OpenAI's own", 0),
  min_p: inRange(SHARES, "0 is off; beyond OpenAI's own; where the model can", 0),
  repetition_penalty: inRange(PARAMETER_RANGES.repetition_penalty, "1 is off; beyond OpenAI's own", 1),
  repeat_penalty: inRange(PARAMETER_RANGES.repetition_penalty, 'Another name of `repetition_penalty`', 1),
  presence_penalty: inRange(PENALTIES, 'On what was said already, where the model can'),
  frequency_penalty: inRange(PENALTIES, 'On how often it was said, where the model can'),
  seed: inRange(PARAMETER_RANGES.seed, 'The same seed gives the same answer of a local model; null draws one', null),
  stop: { anyOf: [stop, { type: 'array', items: stop, maxItems: stopStrings }, { type: 'null' }] } as unknown as SchemaObject,
  response_format: FORMAT,
  json_schema: nullable({ ...SCHEMA, description: 'As `response_format` with this schema' }),
  guided_json: {
    anyOf: [SCHEMA, { type: 'string', maxLength: SCHEMA_CHARACTERS }, { type: 'null' }],
    description: 'As `response_format` with this schema, or with this schema as text',
  } as unknown as SchemaObject,
};

export const unlisted = (description: string): SchemaObject => ({ description }) as SchemaObject;
/** What is not done here, and still taken. */
const FURTHER: Record<string, SchemaObject> = {
  ...Object.fromEntries(Object.keys(PASSED).map((name) => [name, unlisted('Passed on to model servers that know it, refused for others')])),
  ...Object.fromEntries(
    Object.entries(REFUSED)
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, { enum: [...values, null], description: 'Other values are not supported' } as unknown as SchemaObject]),
  ),
  ...Object.fromEntries([...IDLE].map((name) => [name, unlisted('Changes nothing about the answer')])),
};
const OPTIONAL = [...Object.keys(COMMON).filter((name) => name !== 'model'), ...Object.keys(FURTHER)];
/** Nobody can tell what an unknown field was meant to change. */
const CLOSED = { additionalProperties: false };

export const CHAT_REQUEST: SchemaObject = {
  ...record(
    'OpenAiChatRequest',
    {
      ...FURTHER,
      ...COMMON,
      ...CHAT_TOOLS,
      messages: { ...listOf(REQUEST_MESSAGE), minItems: 1, maxItems: messages } as SchemaObject,
      max_completion_tokens: inRange(PARAMETER_RANGES.max_tokens, 'Comes before `max_tokens`'),
      logprobs: { type: ['boolean', 'null'] as never, description: 'Whether to tell how likely each token was, where the model can' },
      top_logprobs: inRange(LOGPROBS, 'How many of the likeliest are told beside it; needs `logprobs`'),
    },
    { optional: [...OPTIONAL, 'max_completion_tokens', 'logprobs', 'top_logprobs'] },
  ),
  ...CLOSED,
};

const PROMPT_TEXT = { type: 'string', minLength: 1, maxLength: textCharacters, pattern: '\\S' };
const TOKEN_IDS = { type: 'array', minItems: 1, items: { type: 'integer', minimum: 0 } };

export const TEXT_REQUEST: SchemaObject = {
  ...record(
    'OpenAiTextRequest',
    {
      ...FURTHER,
      ...COMMON,
      prompt: {
        description: 'Text to go on with, as it is, or its token ids; or a list of either, with a choice for each',
        anyOf: [
          PROMPT_TEXT,
          { type: 'array', minItems: 1, maxItems: messages, items: PROMPT_TEXT },
          TOKEN_IDS,
          { type: 'array', minItems: 1, maxItems: messages, items: TOKEN_IDS },
        ],
      } as unknown as SchemaObject,
      echo: {
        type: ['boolean', 'null'] as never,
        description: 'Whether the prompt is told again, with `logprobs` how likely its tokens were; where the model can, and not in a stream',
      },
      max_tokens: { ...inRange({ ...PARAMETER_RANGES.max_tokens, min: 0 }, 'The longest answer; 0 with `echo` only', 512) },
      logprobs: inRange(LOGPROBS, 'How many of the likeliest are told for each token, where the model can'),
    },
    { optional: [...OPTIONAL, 'logprobs', 'echo'] },
  ),
  ...CLOSED,
};
