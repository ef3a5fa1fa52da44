import { NEUTRAL_PARAMETERS, REQUEST_LIMITS } from '@tandem/shared/contracts';
import { LOGPROBS, numberOf, withPassed } from './read-demands';
import { schemaFormatOf } from './read-format';
import { messagesOf } from './read-messages';
import { parametersOf } from './read-parameters';
import type { Asked } from './read-request';
import { messagesOfInput } from './read-response-input';
import { toolDemands } from './read-tools';
import { type Body, isObject, isSent, wrong } from './request-body';
import { refuseUnknown } from './request-fields';

/** What of the request its answer says again. */
export interface AskedResponse extends Asked {
  readonly echoed: Body;
}

const DONE = [
  'model',
  'input',
  'instructions',
  'max_output_tokens',
  'temperature',
  'top_p',
  'top_logprobs',
  'text',
  'reasoning',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
];
/** Taken, without any effect on the answer. */
export const IDLE_OF_RESPONSES = [
  'metadata',
  'user',
  'service_tier',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
  'max_tool_calls',
  'include',
];
/** What needs a memory is none of a stateless server. */
export const REFUSED_OF_RESPONSES: Readonly<Record<string, readonly unknown[]>> = {
  store: [false],
  previous_response_id: [],
  conversation: [],
  background: [false],
  prompt: [],
  truncation: ['disabled'],
};
const FIELDS = [...DONE, ...IDLE_OF_RESPONSES];

/** A request for a response: text in, text or tool calls out. @throws Fault `invalid_request` */
export function readResponse(body: Body): AskedResponse {
  refuseUnknown(body, new Set(FIELDS), REFUSED_OF_RESPONSES);
  const { model, stream, instructions, input, temperature, top_p: topP, max_output_tokens: most, reasoning } = body;
  if (typeof model !== 'string' || model === '') throw wrong('model', 'is required and must be the id of a model');
  if (isSent(stream) && typeof stream !== 'boolean') throw wrong('stream', 'must be true or false');
  if (isSent(instructions) && (typeof instructions !== 'string' || instructions.length > REQUEST_LIMITS.textCharacters))
    throw wrong('instructions', 'must be text');
  const said = messagesOf(messagesOfInput(input), 'input');
  const system = typeof instructions === 'string' && instructions.trim() !== '' ? [{ role: 'system' as const, content: instructions }] : [];
  const parameters = parametersOf({ temperature, top_p: topP, max_output_tokens: most }, ['max_output_tokens']);
  const format = formatOf(body['text']);
  const count = numberOf(body, 'top_logprobs', LOGPROBS);
  const asked = { ...(format === undefined ? {} : { format }), ...(count === 0 ? {} : { logprobs: count }), ...toolDemands(body, 'flat') };
  const demands = withPassed(asked, effortOf(reasoning));
  return {
    model,
    requests: [{ messages: [...system, ...said], parameters, defaults: NEUTRAL_PARAMETERS, ...(Object.keys(demands).length === 0 ? {} : { demands }) }],
    isStream: stream === true,
    wantsUsage: true,
    ...(format === undefined ? {} : { formatField: 'text.format' }),
    echoed: body,
  };
}

function formatOf(text: unknown) {
  if (!isSent(text)) return undefined;
  if (!isObject(text)) throw wrong('text', 'must be an object');
  const { format, verbosity, ...others } = text;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || isSent(verbosity)) throw wrong(`text.${unknown ?? 'verbosity'}`, 'is not supported here. Leave it out');
  if (!isSent(format)) return undefined;
  const { type, ...described } = isObject(format) ? format : {};
  switch (type) {
    case 'text':
      return undefined;
    case 'json_object':
      return { type } as const;
    case 'json_schema':
      return schemaFormatOf(described, 'text.format');
    default:
      throw wrong('text.format', 'must have the type text, json_object or json_schema');
  }
}

function effortOf(reasoning: unknown): Body {
  if (!isSent(reasoning)) return {};
  if (!isObject(reasoning)) throw wrong('reasoning', 'must be an object');
  const { effort } = reasoning;
  return isSent(effort) ? { reasoning_effort: effort } : {};
}
