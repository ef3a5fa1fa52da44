import { listOf, oneOf, record, type SchemaObject, text } from '@tandem/api/openapi';
import { MOST_TOOLS, TOOL_NAME } from './read-tools';

const name = { type: 'string', pattern: TOOL_NAME.source };
const about = {
  name: name as SchemaObject,
  description: { type: ['string', 'null'] } as unknown as SchemaObject,
  parameters: { type: ['object', 'null'], description: 'JSON Schema of its arguments', additionalProperties: true } as unknown as SchemaObject,
  strict: { type: ['boolean', 'null'] } as unknown as SchemaObject,
};
const further = { optional: ['description', 'parameters', 'strict'] };
const FUNCTION = record('OpenAiFunction', about, further);
const type = oneOf(['function']);
const modes = { enum: ['none', 'auto', 'required', null] };

const list = (items: SchemaObject): SchemaObject =>
  ({
    anyOf: [{ type: 'array', items, maxItems: MOST_TOOLS }, { type: 'null' }],
    description: 'Functions that the model may call, where it can',
  }) as unknown as SchemaObject;
const choice = (named: object): SchemaObject =>
  ({ anyOf: [modes, named], description: 'Whether functions are called, or which one; `auto` where it is left out' }) as unknown as SchemaObject;
const parallel = { type: ['boolean', 'null'], description: 'Whether an answer may call several' } as unknown as SchemaObject;

export const CHAT_TOOLS: Record<string, SchemaObject> = {
  tools: list(record('OpenAiTool', { type, function: FUNCTION })),
  tool_choice: choice({
    type: 'object',
    required: ['type', 'function'],
    properties: { type, function: { type: 'object', required: ['name'], properties: { name } } },
  }),
  parallel_tool_calls: parallel,
};

export const RESPONSE_TOOLS: Record<string, SchemaObject> = {
  tools: list(record('OpenAiResponseTool', { type, ...about }, further)),
  tool_choice: choice({ type: 'object', required: ['type', 'name'], properties: { type, name } }),
  parallel_tool_calls: parallel,
};

const called = { name: name as SchemaObject, arguments: text('{"city":"Paris"}', 'JSON, as the model wrote it') };

/** Of an answer, and of one that is sent back. */
export const TOOL_CALL = record('OpenAiToolCall', { id: text('call_1'), type, function: record('OpenAiCalledFunction', called) });

export const TOOL_CALL_PIECE = record(
  'OpenAiToolCallPiece',
  {
    index: { type: 'integer', minimum: 0 },
    id: text('call_1'),
    type,
    function: record('OpenAiCalledFunctionPiece', called, { optional: ['name'] }),
  },
  { optional: ['id', 'type'], description: 'Id and name come in the first piece' },
);

export const FUNCTION_CALL = record('OpenAiFunctionCall', {
  type: oneOf(['function_call']),
  id: text('fc_3f9c2a_0'),
  call_id: text('call_1'),
  ...called,
  status: oneOf(['in_progress', 'completed']),
});

/** As they are sent back in the input of a response. */
export const CALL_ITEMS: readonly SchemaObject[] = [
  {
    ...record('OpenAiFunctionCallInput', { type: oneOf(['function_call']), call_id: { type: 'string', minLength: 1 }, ...called }),
    additionalProperties: true,
  },
  {
    ...record('OpenAiFunctionCallOutput', {
      type: oneOf(['function_call_output']),
      call_id: { type: 'string', minLength: 1 },
      output: { anyOf: [{ type: 'string' }, listOf({ type: 'object' })] } as unknown as SchemaObject,
    }),
    additionalProperties: true,
  },
];
