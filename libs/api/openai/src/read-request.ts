import type { Demands, RunRequest } from '@tandem/api/completion';
import { type ChatTurn, describeRange, isInRange, NEUTRAL_PARAMETERS, PARAMETER_RANGES, type ValueRange } from '@tandem/shared/contracts';
import { chatDemands, textDemands } from './read-demands';
import { formatOf } from './read-format';
import { type Echo, echoOf, withoutZero } from './read-echo';
import { messagesOf } from './read-messages';
import { parametersOf } from './read-parameters';
import { type Prompt, promptsOf } from './read-prompts';
import { type Body, isObject, isSent, wrong } from './request-body';

/** How many answers one prompt may have. */
export const CHOICES: ValueRange = { min: 1, max: 8, exclusiveMin: false, integer: true };

export interface Asked {
  readonly model: string;
  /** One for each choice, in the order of their indexes. */
  readonly requests: readonly RunRequest[];
  readonly isStream: boolean;
  readonly wantsUsage: boolean;
  /** Where the prompts are told again. */
  readonly echo?: Echo;
  /** What the request calls its format, where it has one. */
  readonly formatField?: string;
}

export function readChat(body: Body): Asked {
  return read(body, () => [{ messages: messagesOf(body['messages']) }], chatDemands(body));
}

/** Its prompts are texts to go on with, and no turns of a conversation. */
export function readCompletion(body: Body): Asked {
  const echo = echoOf(body);
  const asked = read(withoutZero(body, echo), () => promptsOf(body['prompt']).map(askedBy), { ...textDemands(body), isRaw: true });
  return echo === undefined ? asked : { ...asked, echo };
}

/** What one choice is of. */
interface Subject {
  readonly messages: readonly ChatTurn[];
  readonly promptTokens?: readonly number[];
}

function askedBy(prompt: Prompt): Subject {
  return typeof prompt === 'string' ? { messages: [{ role: 'user', content: prompt }] } : { messages: [{ role: 'user', content: '' }], promptTokens: prompt };
}

function read(body: Body, subjects: () => readonly Subject[], demands: Demands): Asked {
  const { model, stream, stream_options: options, n, best_of: best } = body;
  if (typeof model !== 'string' || model === '') throw wrong('model', 'is required and must be the id of a model');
  if (isSent(stream) && typeof stream !== 'boolean') throw wrong('stream', 'must be true or false');
  if (isSent(options) && !isObject(options)) throw wrong('stream_options', 'must be an object');
  if (isSent(n) && !isInRange(n, CHOICES)) throw wrong('n', `must be ${describeRange(CHOICES)}`);
  if (isSent(best) && best !== (n ?? 1)) throw wrong('best_of', 'is not supported unless it is n. Leave it out');
  const { field } = formatOf(body) ?? {};
  const common = { parameters: parametersOf(body), defaults: NEUTRAL_PARAMETERS };
  const requests = subjects().flatMap(({ messages, promptTokens }) => {
    const all = promptTokens === undefined ? demands : { ...demands, promptTokens };
    const request = { ...common, messages, ...(Object.keys(all).length === 0 ? {} : { demands: all }) };
    return Array.from({ length: typeof n === 'number' ? n : 1 }, (_, index) => withSeed(request, index));
  });
  return {
    model,
    requests,
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
