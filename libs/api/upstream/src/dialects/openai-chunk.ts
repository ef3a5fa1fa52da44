import type { Usage } from '@tandem/shared/contracts';
import type { Piece } from './dialect';
import { readFinishReason } from './finish-reason';
import { isObject, type JsonObject, readCount } from './json';
import { readMessage } from './openai-message';
import { readCached } from './read-cached';
import { readLogprobs } from './read-logprobs';
import { readFailure } from './server-failure';

/** The one choice that was asked for. Some servers number it with null or with text. */
function firstChoice(choices: readonly JsonObject[]): JsonObject | undefined {
  return choices.find(({ index }) => index === undefined || index === null || !(Number(index) > 0));
}

function readChoices(document: JsonObject): { readonly choice: JsonObject; readonly pieces: readonly Piece[] } {
  const choices = Array.isArray(document['choices']) ? document['choices'].filter(isObject) : [];
  const choice = firstChoice(choices);
  if (choice !== undefined) return { choice, pieces: [...readLogprobs(choice['logprobs']), ...readMessage(choice)] };
  return { choice: {}, pieces: choices.some((other) => readMessage(other).length > 0) ? [{ kind: 'unread', where: 'choices' }] : [] };
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

function readEnd(document: unknown, finishReason: unknown): Piece[] {
  const failure = readFailure(document);
  if (failure !== null) return [{ kind: 'failure', failure }];
  if (typeof finishReason !== 'string' || finishReason === '') return [];
  const reason = readFinishReason(finishReason);
  if (reason === 'broken') {
    return [{ kind: 'failure', failure: { message: `it ended the answer with the reason "${finishReason}"` } }];
  }
  return [{ kind: 'finish', reason }];
}

/**
 * What a chunk of an OpenAI-compatible stream says, or a whole completion: never branches on `object`, which some
 * servers write wrongly. How likely it was and the text first, then numbers, then the failure or the finish.
 */
export function readChunk(document: unknown): readonly Piece[] {
  if (Array.isArray(document)) return readEnd(document, undefined);
  if (!isObject(document)) return [];
  const { choice, pieces: said } = readChoices(document);
  const pieces = [...said];
  const progress = readProgress(document['prompt_progress']);
  if (progress !== null) pieces.unshift({ kind: 'progress', progress });
  const usage = readUsage(document['usage']);
  if (usage !== null) pieces.push({ kind: 'usage', usage });
  pieces.push(...readCached(document));
  const speed = readSpeed(document['timings']);
  if (speed !== null) pieces.push({ kind: 'timings', timings: { tokens_per_second: speed } });
  return [...pieces, ...readEnd(document, choice['finish_reason'])];
}
