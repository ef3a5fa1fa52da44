import { spokenOf } from '@tandem/shared/contracts';
import type { Dialect, Framing, Piece } from './dialect';
import { type ParameterFields, without } from './fields';
import { isObject, type JsonObject, readJson } from './json';
import { readChunk } from './openai-chunk';
import { promptOf } from './prompt-of';
import { readFailure } from './server-failure';

const TEXT_FIELDS = ['token', 'text', 'content', 'delta', 'response', 'output', 'generated_text'];
const REASON_FIELDS = ['finish_reason', 'finishReason', 'stop_reason', 'done_reason'];
const FIELDS: ParameterFields = {
  temperature: ['temperature'],
  top_p: ['top_p'],
  top_k: ['top_k'],
  repetition_penalty: ['repetition_penalty'],
  max_tokens: ['max_tokens', 'max_new_tokens'],
  seed: ['seed'],
  stop: ['stop'],
};
const END_EVENTS = new Set(['end', 'done']);

const STOP: Piece = { kind: 'finish', reason: 'stop', isImplied: true };
const COMPLETE: readonly Piece[] = [STOP, { kind: 'end' }];

function textOf(document: JsonObject): string {
  for (const field of TEXT_FIELDS) {
    const value = document[field];
    if (typeof value === 'string') return value;
  }
  return '';
}

function readObject(document: JsonObject): readonly Piece[] {
  if ('choices' in document) return readChunk(document);
  const text = textOf(document);
  const { done, finished } = document;
  const reason = REASON_FIELDS.map((field) => document[field]).find((value) => typeof value === 'string' && value !== '');
  const pieces: Piece[] = text === '' ? [] : [{ kind: 'text', text, reasoning: false }];
  const failure = readFailure(document);
  if (failure !== null) return [...pieces, { kind: 'failure', failure }];
  if (reason !== undefined) {
    // Reads the reason as every OpenAI-like server means it.
    return [...pieces, ...readChunk({ choices: [{ finish_reason: reason }] })];
  }
  return done === true || finished === true ? [...pieces, STOP] : pieces;
}

function readFailureEvent(data: string): Piece {
  const document = readJson(data);
  const failure = isObject(document) ? (readFailure(document) ?? readFailure({ error: document })) : null;
  return { kind: 'failure', failure: failure ?? { message: isObject(document) ? '' : data } };
}

function readWhole(text: string): readonly Piece[] {
  const document = readJson(text);
  if (typeof document === 'string' && document !== '') {
    return [{ kind: 'text', text: document, reasoning: false }, ...COMPLETE];
  }
  if (isObject(document)) {
    const pieces = readObject(document);
    const isOpen = pieces.every(({ kind }) => kind === 'text') && !('choices' in document);
    return isOpen && pieces.length > 0 ? [...pieces, ...COMPLETE] : pieces;
  }
  // Some send one document a line under the content type of one document.
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readJson);
  if (lines.length < 2 || !lines.every(isObject)) return [{ kind: 'garbled' }];
  const pieces = lines.flatMap(readObject);
  return pieces.every(({ kind }) => kind === 'text') && pieces.length > 0 ? [...pieces, ...COMPLETE] : pieces;
}

/**
 * A server that someone wrote for one model, with FastAPI for example: it takes a prompt and answers with text, with
 * events of text or of JSON, with JSON lines, or with one document. Such a server has no word for the end: a body that
 * ends in good order is complete. `framing` is how it streams where its content type does not tell.
 */
function plainServer(framing: Framing): Dialect {
  return {
    path: '/generate',
    framing,
    endsWithBody: true,
    takes: new Set(),
    passes: new Set(),
    fields: FIELDS,
    spare: ['messages', 'model', 'stream'],
    requestBody({ messages, parameters }, model, omitted) {
      const fields = {
        prompt: promptOf(messages),
        messages: messages.map((message) => ({ role: message.role, content: spokenOf(message) })),
        model,
        stream: true,
        temperature: parameters.temperature,
        top_p: parameters.top_p,
        top_k: parameters.top_k,
        repetition_penalty: parameters.repetition_penalty,
        max_tokens: parameters.max_tokens,
        max_new_tokens: parameters.max_tokens,
        seed: parameters.seed,
        stop: parameters.stop,
      };
      return without(fields, omitted);
    },
    readEvent({ event, data }) {
      if (event === 'error') return [readFailureEvent(data)];
      if (data.trim() === '[DONE]' || END_EVENTS.has(event ?? '')) return COMPLETE;
      const document = data.startsWith('{') ? readJson(data) : undefined;
      if (isObject(document)) return readObject(document);
      return data === '' ? [] : [{ kind: 'text', text: data, reasoning: false }];
    },
    readWhole,
  };
}

export const plainText = plainServer('text');
export const plainEvents = plainServer('events');
