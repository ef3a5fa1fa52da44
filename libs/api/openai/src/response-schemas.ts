import { count, flag, listOf, number, oneOf, record, type SchemaObject, text } from '@tandem/api/openapi';
import { TOKEN_LOGPROB } from './answer-schemas';
import { CALL_ITEMS, FUNCTION_CALL, RESPONSE_TOOLS } from './tool-schemas';
import { inRange, nullable, REQUEST_MESSAGE, unlisted } from './request-schemas';
import { PARAMETER_RANGES, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { LOGPROBS } from './read-demands';
import { IDLE_OF_RESPONSES, REFUSED_OF_RESPONSES } from './read-response-request';

const anything = { type: 'object', additionalProperties: true };
const only = (values: readonly unknown[]): SchemaObject =>
  ({ enum: [...values, null], description: 'Other values are not supported' }) as unknown as SchemaObject;
const further = Object.fromEntries(
  Object.entries(REFUSED_OF_RESPONSES)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => [name, only(values)]),
);
const idle = Object.fromEntries([...IDLE_OF_RESPONSES, 'stream_options'].map((name) => [name, unlisted('Changes nothing about the answer')]));

const fields: Record<string, SchemaObject> = {
  ...further,
  ...idle,
  ...RESPONSE_TOOLS,
  model: { ...text('tandem-tiny-chat', 'Id, name or endpoint of a configured model, or the name of a checkpoint'), minLength: 1 } as SchemaObject,
  input: {
    description: 'A prompt, or a conversation; thoughts in it are left out',
    anyOf: [
      { type: 'string', minLength: 1, maxLength: REQUEST_LIMITS.textCharacters, pattern: '\\S' },
      {
        type: 'array',
        minItems: 1,
        maxItems: REQUEST_LIMITS.messages,
        items: {
          anyOf: [
            REQUEST_MESSAGE,
            ...CALL_ITEMS,
            { type: 'object', required: ['type'], properties: { type: oneOf(['reasoning']) }, additionalProperties: true },
          ],
        },
      },
    ],
  } as unknown as SchemaObject,
  instructions: { type: ['string', 'null'], maxLength: REQUEST_LIMITS.textCharacters, description: 'System prompt' } as unknown as SchemaObject,
  max_output_tokens: inRange(PARAMETER_RANGES.max_tokens, 'The longest answer', 512),
  temperature: inRange(PARAMETER_RANGES.temperature, '0 is greedy', 1),
  top_p: inRange(PARAMETER_RANGES.top_p, '1 is off', 1),
  top_logprobs: inRange(LOGPROBS, 'How many of the likeliest are told for each token, where the model can; 0 tells none', 0),
  text: nullable({ ...anything, description: 'Its `format` is `text`, `json_object` or `json_schema`, with `name` and `schema` beside the type' }),
  reasoning: nullable({ ...anything, description: 'Its `effort` is passed on to model servers that know it, and refused for others' }),
  stream: { type: ['boolean', 'null'], description: 'Whether the answer comes piece by piece' } as unknown as SchemaObject,
  metadata: nullable(anything),
};

export const RESPONSE_REQUEST: SchemaObject = {
  ...record('OpenAiResponseRequest', fields, { optional: Object.keys(fields).filter((name) => name !== 'model' && name !== 'input') }),
  additionalProperties: false,
};

const OUTPUT_TEXT = record('OpenAiOutputText', {
  type: oneOf(['output_text']),
  text: text('Hello'),
  annotations: listOf({ type: 'object' }),
  logprobs: listOf(TOKEN_LOGPROB),
});
const THOUGHT_TEXT = record('OpenAiThoughtText', { type: oneOf(['reasoning_text']), text: text('Hm') });
const THOUGHT = record('OpenAiThought', {
  type: oneOf(['reasoning']),
  id: text('rs_3f9c2a'),
  summary: listOf({ type: 'object' }),
  content: listOf(THOUGHT_TEXT),
});
const ITEM = {
  anyOf: [
    record('OpenAiOutputMessage', {
      type: oneOf(['message']),
      id: text('msg_3f9c2a'),
      status: oneOf(['in_progress', 'completed', 'incomplete']),
      role: oneOf(['assistant']),
      content: listOf(OUTPUT_TEXT),
    }),
    THOUGHT,
    FUNCTION_CALL,
  ],
} as unknown as SchemaObject;
const nothing = { type: 'null' } as unknown as SchemaObject;

export const RESPONSE: SchemaObject = record('OpenAiResponse', {
  id: text('resp_3f9c2a'),
  object: oneOf(['response']),
  created_at: count(1_763_649_000),
  status: oneOf(['completed', 'incomplete', 'in_progress', 'failed']),
  error: nullable(
    record('OpenAiResponseError', {
      code: text('upstream_incomplete'),
      message: text('The model server ended its answer before it said that it was complete.'),
    }),
  ),
  incomplete_details: nullable(record('OpenAiIncomplete', { reason: oneOf(['max_output_tokens', 'content_filter']) })),
  instructions: { type: ['string', 'null'] } as unknown as SchemaObject,
  max_output_tokens: { type: ['integer', 'null'] } as unknown as SchemaObject,
  model: text('tandem-tiny-chat'),
  output: listOf(ITEM),
  parallel_tool_calls: flag(true),
  previous_response_id: nothing,
  reasoning: record('OpenAiReasoning', { effort: nothing, summary: nothing }),
  store: flag(false, 'Nothing is kept'),
  temperature: number(1),
  text: anything as SchemaObject,
  tool_choice: { anyOf: [{ type: 'string' }, { type: 'object' }], example: 'auto' } as unknown as SchemaObject,
  tools: listOf({ type: 'object' }),
  top_p: number(1),
  truncation: text('disabled'),
  usage: nullable(
    record('OpenAiResponseUsage', {
      input_tokens: count(5),
      input_tokens_details: record('OpenAiInputTokens', { cached_tokens: count(4) }),
      output_tokens: count(1),
      total_tokens: count(6),
    }),
  ),
  user: { type: ['string', 'null'] } as unknown as SchemaObject,
  metadata: anything as SchemaObject,
});

const EVENTS = [
  'created',
  'in_progress',
  'output_item.added',
  'content_part.added',
  'reasoning_text.delta',
  'reasoning_text.done',
  'output_text.delta',
  'output_text.done',
  'function_call_arguments.delta',
  'function_call_arguments.done',
  'content_part.done',
  'output_item.done',
  'completed',
  'incomplete',
  'failed',
];
const place = { output_index: count(0), item_id: text('msg_3f9c2a'), content_index: count(0) };
const eventFields: Record<string, SchemaObject> = {
  type: oneOf(EVENTS.map((name) => `response.${name}`)),
  sequence_number: count(0),
  response: RESPONSE,
  item: ITEM,
  part: { anyOf: [OUTPUT_TEXT, THOUGHT_TEXT] } as unknown as SchemaObject,
  ...place,
  delta: text('Hello'),
  text: text('Hello'),
  name: text('weather'),
  arguments: text('{"city":"Paris"}'),
  logprobs: listOf(TOKEN_LOGPROB),
};
export const RESPONSE_EVENT: SchemaObject = record('OpenAiResponseEvent', eventFields, {
  optional: Object.keys(eventFields).filter((name) => name !== 'type' && name !== 'sequence_number'),
});
