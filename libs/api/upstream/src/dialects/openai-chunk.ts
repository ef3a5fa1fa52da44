import type { FinishReason, Usage } from '@tandem/shared/contracts';
import type { Piece } from './dialect';
import { isObject, type JsonObject, readCount } from './json';
import { readLogprobs } from './read-logprobs';
import { readFailure } from './server-failure';

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['content_filter', 'content_filter'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
]);

/** What servers and gateways write as finish reason when the answer broke off: no reason of the model's. */
const BROKEN_OFF = new Set(['error', 'abort']);

function firstChoice(document: JsonObject): JsonObject {
  const { choices } = document;
  if (!Array.isArray(choices)) return {};
  return choices.filter(isObject).find(({ index }) => index === undefined || index === 0) ?? {};
}

/** The text of a content field: a string, or an array of parts of which the text ones count. */
function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isObject)
    .map(({ type, text }) => ((type === undefined || type === 'text') && typeof text === 'string' ? text : ''))
    .join('');
}

function readText(choice: JsonObject): Piece[] {
  const delta = isObject(choice['delta']) ? choice['delta'] : isObject(choice['message']) ? choice['message'] : {};
  const reasoning = readContent(delta['reasoning_content']) || readContent(delta['reasoning']);
  const text = readContent(delta['content']) || readContent(choice['text']);
  const pieces: Piece[] = [];
  if (reasoning !== '') pieces.push({ kind: 'text', text: reasoning, reasoning: true });
  if (text !== '') pieces.push({ kind: 'text', text, reasoning: false });
  return pieces;
}

function readUsage(usage: unknown): Usage | null {
  if (!isObject(usage)) return null;
  const prompt = readCount(usage['prompt_tokens']);
  const completion = readCount(usage['completion_tokens']);
  if (prompt === undefined || completion === undefined) return null;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: readCount(usage['total_tokens']) ?? prompt + completion,
  };
}

/** llama-server measures its own speed. */
function readSpeed(timings: unknown): number | null {
  const speed = isObject(timings) ? timings['predicted_per_second'] : undefined;
  return typeof speed === 'number' && Number.isFinite(speed) && speed > 0 ? speed : null;
}

/** llama-server tells how far it has read the prompt; what it had read before does not count. */
function readProgress(progress: unknown): number | null {
  if (!isObject(progress)) return null;
  const total = readCount(progress['total']);
  const processed = readCount(progress['processed']);
  const cached = readCount(progress['cache']) ?? 0;
  if (total === undefined || processed === undefined || total <= cached) return null;
  return Math.min(Math.max((processed - cached) / (total - cached), 0), 1);
}

function readEnd(document: JsonObject, finishReason: unknown): Piece[] {
  const failure = readFailure(document);
  if (failure !== null) return [{ kind: 'failure', failure }];
  if (typeof finishReason !== 'string' || finishReason === '') return [];
  if (BROKEN_OFF.has(finishReason)) {
    return [{ kind: 'failure', failure: { message: `it ended the answer with the reason "${finishReason}"` } }];
  }
  return [{ kind: 'finish', reason: FINISH_REASONS.get(finishReason) ?? 'other' }];
}

/**
 * What a chunk of an OpenAI-compatible stream says, or a whole completion: never branches on `object`, which some
 * servers write wrongly. How likely it was and the text first, then numbers, then the failure or the finish.
 */
export function readChunk(document: unknown): readonly Piece[] {
  if (!isObject(document)) return [];
  const choice = firstChoice(document);
  const pieces = [...readLogprobs(choice['logprobs']), ...readText(choice)];
  const progress = readProgress(document['prompt_progress']);
  if (progress !== null) pieces.unshift({ kind: 'progress', progress });
  const usage = readUsage(document['usage']);
  if (usage !== null) pieces.push({ kind: 'usage', usage });
  const speed = readSpeed(document['timings']);
  if (speed !== null) pieces.push({ kind: 'timings', timings: { tokens_per_second: speed } });
  return [...pieces, ...readEnd(document, choice['finish_reason'])];
}
