import type { Demands, RunRequest } from '@tandem/api/completion';
import { type ChatMessage, describeRange, isInRange, type NumericParameter, PARAMETER_RANGES, REQUEST_LIMITS, type SamplingParameters } from '@tandem/shared/contracts';
import { chatDemands, textDemands } from './read-demands';
import { type Body, isSent, wrong } from './request-body';

export interface Asked {
  readonly model: string;
  readonly request: RunRequest;
  readonly isStream: boolean;
  readonly wantsUsage: boolean;
}

const ROLES: Record<string, ChatMessage['role']> = { system: 'system', developer: 'system', user: 'user', assistant: 'assistant' };
const { textCharacters, messages: mostMessages, stopStrings, stopCharacters } = REQUEST_LIMITS;

export function readChat(body: Body): Asked {
  return read(body, () => messagesOf(body['messages']), chatDemands(body));
}

/** Its prompt is text to go on with, and no turn of a conversation. */
export function readCompletion(body: Body): Asked {
  const messages = (): ChatMessage[] => {
    const { prompt } = body;
    const text: unknown = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt;
    if (typeof text !== 'string') throw wrong('prompt', 'must be one text. Send a request for each, and no token ids');
    return [{ role: 'user', content: textOf(text, 'prompt') }];
  };
  return read(body, messages, { ...textDemands(body), isRaw: true });
}

function read(body: Body, messages: () => ChatMessage[], demands: Demands): Asked {
  const { model, stream, stream_options: options } = body;
  if (typeof model !== 'string' || model === '') throw wrong('model', 'is required and must be the id of a model');
  if (isSent(stream) && typeof stream !== 'boolean') throw wrong('stream', 'must be true or false');
  refuseWhatChangesTheAnswer(body);
  return {
    model,
    request: { messages: messages(), parameters: parametersOf(body), ...(Object.keys(demands).length === 0 ? {} : { demands }) },
    isStream: stream === true,
    wantsUsage: (options as Body | null | undefined)?.['include_usage'] === true,
  };
}

/** What would change the answer and is not done is refused; anything else that is not known does no harm. */
function refuseWhatChangesTheAnswer(body: Body): void {
  const harmless: Record<string, (value: unknown) => boolean> = {
    n: (value) => value === 1,
    best_of: (value) => value === 1,
    logit_bias: isEmpty,
    tools: isEmpty,
    functions: isEmpty,
    audio: () => false,
    suffix: (value) => value === '',
    echo: (value) => value === false,
    modalities: (value) => Array.isArray(value) && value.every((modality) => modality === 'text'),
  };
  for (const [name, isHarmless] of Object.entries(harmless)) {
    if (isSent(body[name]) && !isHarmless(body[name])) throw wrong(name, 'is not supported here with this value. Leave it out');
  }
}

function parametersOf(body: Body): Partial<SamplingParameters> {
  const maxTokens = isSent(body['max_completion_tokens']) ? 'max_completion_tokens' : 'max_tokens';
  const sent: [NumericParameter, string][] = [...(['temperature', 'top_p', 'top_k', 'repetition_penalty', 'seed'] as const).map((name): [NumericParameter, string] => [name, name]), ['max_tokens', maxTokens]];
  const numbers = sent.flatMap(([name, field]) => {
    const value = body[field];
    if (!isSent(value)) return [];
    const range = PARAMETER_RANGES[name];
    if (!isInRange(value, range)) throw wrong(field, `must be ${describeRange(range)}`);
    return [[name, value]];
  });
  return { ...(Object.fromEntries(numbers) as Partial<SamplingParameters>), ...stopOf(body['stop']) };
}

function stopOf(stop: unknown): Pick<SamplingParameters, 'stop'> | undefined {
  if (!isSent(stop)) return undefined;
  const list: unknown[] = Array.isArray(stop) ? stop : [stop];
  const isRight = list.length <= stopStrings && list.every((text) => typeof text === 'string' && text !== '' && text.length <= stopCharacters);
  if (!isRight) throw wrong('stop', `must be a string, or at most ${stopStrings} strings, of 1 to ${stopCharacters} characters`);
  return { stop: list as string[] };
}

function messagesOf(messages: unknown): ChatMessage[] {
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > mostMessages) throw wrong('messages', `must be a list of 1 to ${mostMessages} messages`);
  return messages.map((message: Body | null, index) => {
    const path = `messages[${index}]`;
    const role = Object.entries(ROLES).find(([name]) => name === message?.['role'])?.[1];
    if (role === undefined) throw wrong(`${path}.role`, 'must be system, developer, user or assistant');
    return { role, content: textOf(message?.['content'], `${path}.content`) };
  });
}

function textOf(content: unknown, path: string): string {
  const text = Array.isArray(content) ? content.map((part: Body | null) => partText(part, path)).join('') : content;
  if (typeof text !== 'string' || text.trim() === '') throw wrong(path, 'must be text that is not blank');
  if (text.length > textCharacters) throw wrong(path, `is ${text.length} characters long; at most ${textCharacters} are allowed`);
  return text;
}

function partText(part: Body | null, path: string): string {
  const text = part?.['type'] === 'text' ? part['text'] : undefined;
  if (typeof text !== 'string') throw wrong(path, 'must be a string or a list of parts of the type text');
  return text;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
