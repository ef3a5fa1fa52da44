import type { Piece } from './dialect';
import { isObject, type JsonObject } from './json';
import { readCalls } from './read-calls';

type Said = Extract<Piece, { kind: 'text' | 'refusal' }>;

/** Fields that say nothing to whoever reads the answer. */
const MUTE = new Set([
  'role',
  'id',
  'type',
  'name',
  'object',
  'index',
  'tool_call_id',
  'model',
  'encrypted_content',
  'signature',
  'format',
  'annotations',
  'provider_specific_fields',
  'extra_content',
]);
const THOUGHTS = ['reasoning_content', 'reasoning', 'reasoning_details', 'thinking', 'thinking_blocks', 'reasoning_text', 'thoughts'];
/** What a part may hold its text in; the first that is there. */
const PART_TEXTS = ['text', 'content', 'thinking', 'reasoning', 'summary', 'parts', 'refusal', 'value'];
const THOUGHT_TYPE = /think|thought|reason|summary/i;
/** Parts within parts, as far as any server nests them. */
const MAX_DEPTH = 5;

/** What a field says: text, a part, or a list of them. A part's type tells whether it is a thought. */
function readParts(value: unknown, isThought: boolean, depth = 0): Said[] {
  if (typeof value === 'string') return value === '' ? [] : [{ kind: 'text', text: value, reasoning: isThought }];
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return joined(value.flatMap((part: unknown) => readParts(part, isThought, depth + 1)));
  return isObject(value) ? readPart(value, isThought, depth) : [];
}

function readPart(part: JsonObject, isThought: boolean, depth: number): Said[] {
  const { type, thought } = part;
  const field = PART_TEXTS.find((name) => part[name] !== undefined && part[name] !== null);
  if (field === undefined) return [];
  const isThoughtToo = isThought || thought === true || (typeof type === 'string' ? THOUGHT_TYPE.test(type) : field === 'thinking');
  const said = readParts(part[field], isThoughtToo, depth + 1);
  return field === 'refusal' || type === 'refusal' ? said.map(({ text }) => ({ kind: 'refusal', text })) : said;
}

/** Neighbours of one kind as one: what came in one event goes out in one piece. */
function joined(said: readonly Said[]): Said[] {
  const pieces: Said[] = [];
  for (const piece of said) {
    const last = pieces.at(-1);
    const isSame = last?.kind === piece.kind && (last.kind === 'refusal' || (piece.kind === 'text' && last.reasoning === piece.reasoning));
    if (isSame) pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
    else pieces.push(piece);
  }
  return pieces;
}

function firstThatSays(message: JsonObject, fields: readonly string[], isThought: boolean): Said[] {
  for (const field of fields) {
    const said = readParts(message[field], isThought);
    if (said.length > 0) return said;
  }
  return [];
}

function saysAnything(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return depth < MAX_DEPTH && typeof value === 'object' && value !== null && Object.values(value).some((inner) => saysAnything(inner, depth + 1));
}

/**
 * What one choice of an OpenAI-like server says, in whichever field: thoughts first, then the answer, then what declines
 * to give one. A field that nobody knows is told of, so that no answer is taken for empty that was not.
 */
export function readMessage(choice: JsonObject): readonly Piece[] {
  const { delta = choice['message'] } = choice;
  const message: JsonObject = isObject(delta) ? delta : typeof delta === 'string' ? { content: delta } : isObject(choice['message']) ? choice['message'] : {};
  const thoughts = firstThatSays(message, THOUGHTS, true);
  const content = firstThatSays(message, ['content', 'text', 'output_text'], false);
  const text = content.length > 0 ? content : firstThatSays(choice, ['text', 'content'], false);
  const refusal = readParts(message['refusal'], false).map(({ text: words }): Piece => ({ kind: 'refusal', text: words }));
  const pieces: Piece[] = [...thoughts, ...text, ...refusal, ...readCalls(message)];
  if (pieces.length > 0) return pieces;
  const where = Object.keys(message).find((field) => !MUTE.has(field) && saysAnything(message[field]));
  return where === undefined ? [] : [{ kind: 'unread', where }];
}
