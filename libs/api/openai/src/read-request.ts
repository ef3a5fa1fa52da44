import type { Demands, RunRequest } from '@tandem/api/completion';
import { type ChatMessage, describeRange, isInRange, NEUTRAL_PARAMETERS, PARAMETER_RANGES, REQUEST_LIMITS, type ValueRange } from '@tandem/shared/contracts';
import { chatDemands, textDemands } from './read-demands';
import { formatOf } from './read-format';
import { messagesOf } from './read-messages';
import { parametersOf } from './read-parameters';
import { type Body, isObject, isSent, wrong } from './request-body';

/** How many answers one prompt may have. */
export const CHOICES: ValueRange = { min: 1, max: 8, exclusiveMin: false, integer: true };
const { textCharacters } = REQUEST_LIMITS;

export interface Asked {
  readonly model: string;
  /** One for each choice, in the order of their indexes. */
  readonly requests: readonly RunRequest[];
  readonly isStream: boolean;
  readonly wantsUsage: boolean;
  /** What the request calls its format, where it has one. */
  readonly formatField?: string;
}

export function readChat(body: Body): Asked {
  return read(body, () => messagesOf(body['messages']), chatDemands(body));
}

/** Its prompt is text to go on with, and no turn of a conversation. */
export function readCompletion(body: Body): Asked {
  return read(body, () => [{ role: 'user', content: promptOf(body['prompt']) }], { ...textDemands(body), isRaw: true });
}

function read(body: Body, messages: () => ChatMessage[], demands: Demands): Asked {
  const { model, stream, stream_options: options, n, best_of: best } = body;
  if (typeof model !== 'string' || model === '') throw wrong('model', 'is required and must be the id of a model');
  if (isSent(stream) && typeof stream !== 'boolean') throw wrong('stream', 'must be true or false');
  if (isSent(options) && !isObject(options)) throw wrong('stream_options', 'must be an object');
  if (isSent(n) && !isInRange(n, CHOICES)) throw wrong('n', `must be ${describeRange(CHOICES)}`);
  if (isSent(best) && best !== (n ?? 1)) throw wrong('best_of', 'is not supported unless it is n. Leave it out');
  const { field } = formatOf(body) ?? {};
  const request = { messages: messages(), parameters: parametersOf(body), defaults: NEUTRAL_PARAMETERS, ...(Object.keys(demands).length === 0 ? {} : { demands }) };
  return {
    model,
    requests: Array.from({ length: typeof n === 'number' ? n : 1 }, (_, index) => withSeed(request, index)),
    isStream: stream === true,
    wantsUsage: isObject(options) && options['include_usage'] === true,
    ...(field === undefined ? {} : { formatField: field }),
  };
}

/** Choices of one prompt differ, and come again with its seed. */
function withSeed(request: RunRequest, index: number): RunRequest {
  const { seed } = request.parameters;
  if (typeof seed !== 'number' || index === 0) return request;
  return { ...request, parameters: { ...request.parameters, seed: (seed + index) % PARAMETER_RANGES.seed.max } };
}

function promptOf(prompt: unknown): string {
  const text: unknown = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt;
  if (typeof text !== 'string') throw wrong('prompt', 'must be one text. Send a request for each, and no token ids');
  if (text.trim() === '') throw wrong('prompt', 'must be text that is not blank');
  if (text.length > textCharacters) throw wrong('prompt', `is ${text.length} characters long; at most ${textCharacters} are allowed`);
  return text;
}
