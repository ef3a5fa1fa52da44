import type { Demands, JsonFormat } from '@tandem/api/completion';
import { describeRange, isInRange, type ValueRange } from '@tandem/shared/contracts';
import { type Body, isSent, wrong } from './request-body';

export const PENALTIES: ValueRange = { min: -2, max: 2, exclusiveMin: false, integer: false };
export const LOGPROBS: ValueRange = { min: 0, max: 20, exclusiveMin: false, integer: true };
/** Characters of a schema, written as JSON. */
export const SCHEMA_CHARACTERS = 65_536;
const NAME = /^[\w-]{1,64}$/;

/** What a chat asks for that not every model can do. */
export function chatDemands(body: Body): Demands {
  const { logprobs, top_logprobs: top } = body;
  if (isSent(logprobs) && typeof logprobs !== 'boolean') throw wrong('logprobs', 'must be true or false');
  if (isSent(top) && !isInRange(top, LOGPROBS)) throw wrong('top_logprobs', `must be ${describeRange(LOGPROBS)}`);
  if (isSent(top) && top !== 0 && logprobs !== true) throw wrong('top_logprobs', 'needs "logprobs": true beside it');
  return { ...common(body), ...(logprobs === true ? { logprobs: typeof top === 'number' ? top : 0 } : {}) };
}

/** What an older completion asks for that not every model can do. */
export function textDemands(body: Body): Demands {
  const { logprobs } = body;
  if (!isSent(logprobs)) return common(body);
  if (!isInRange(logprobs, LOGPROBS)) throw wrong('logprobs', `must be ${describeRange(LOGPROBS)}`);
  return { ...common(body), logprobs };
}

function common(body: Body): Demands {
  const format = formatOf(body['response_format']);
  const presencePenalty = penaltyOf(body, 'presence_penalty');
  const frequencyPenalty = penaltyOf(body, 'frequency_penalty');
  return {
    ...(format === undefined ? {} : { format }),
    ...(presencePenalty === 0 ? {} : { presencePenalty }),
    ...(frequencyPenalty === 0 ? {} : { frequencyPenalty }),
  };
}

function penaltyOf(body: Body, field: string): number {
  const value = body[field];
  if (!isSent(value)) return 0;
  if (!isInRange(value, PENALTIES)) throw wrong(field, `must be ${describeRange(PENALTIES)}`);
  return value;
}

function formatOf(format: unknown): JsonFormat | undefined {
  if (!isSent(format)) return undefined;
  const { type, json_schema: described } = format as Body;
  switch (type) {
    case 'text':
      return undefined;
    case 'json_object':
      return { type };
    case 'json_schema':
      return schemaOf(described);
    default:
      throw wrong('response_format', 'must have the type text, json_object or json_schema');
  }
}

function schemaOf(described: unknown): JsonFormat {
  const { name, schema, strict } = isSent(described) ? (described as Body) : {};
  if (typeof name !== 'string' || !NAME.test(name)) throw wrong('response_format.json_schema.name', 'must be 1 to 64 letters, digits, underscores or hyphens');
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw wrong('response_format.json_schema.schema', 'must be a JSON Schema');
  const { length } = JSON.stringify(schema);
  if (length > SCHEMA_CHARACTERS) throw wrong('response_format.json_schema.schema', `is ${length} characters long; at most ${SCHEMA_CHARACTERS} are allowed`);
  return { type: 'json_schema', name, schema, ...(typeof strict === 'boolean' ? { strict } : {}) };
}
