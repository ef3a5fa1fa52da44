import type { LikelyPart, TextPart } from '@tandem/api/completion';
import { isObject, type JsonObject, readCount } from './json';
import { endsOf } from './token-extents';
import type { TokenBytes } from './token-spellings';

/** A token that could have come, as a server tells it. */
export interface ToldAlternative {
  readonly id: number | null;
  readonly text: string;
  readonly logprob: number;
}

/** A token of a prompt, and how likely a server says it was. */
export interface ToldToken {
  readonly id: number;
  /** What it decodes to on its own; null where that is not told. */
  readonly text: string | null;
  /** Null where nothing is told. */
  readonly logprob: number | null;
  /** From 1; null where that is not told. */
  readonly rank: number | null;
  readonly top: readonly ToldAlternative[];
}

/** Below every likelihood that a model gives: stands where a server told none. */
const UNTOLD = -9_998;
/** What is computed in 16 bits may be a little more than certain. */
const CERTAIN = 0.01;

function isLikelihood(logprob: unknown): logprob is number {
  return typeof logprob === 'number' && logprob > UNTOLD && logprob <= CERTAIN;
}

/** Which of a text's bytes each of its tokens has, by what each decodes to on its own; undefined where that does not tell. */
export function bytesByWords(tokens: readonly ToldToken[], text: Uint8Array): readonly TokenBytes[] | undefined {
  const words = tokens.map((token) => token.text);
  const ends = words.every((word) => word !== null) ? endsOf(words, text) : undefined;
  return ends?.map((end, index) => [...text.subarray(ends[index - 1] ?? 0, end)]);
}

/**
 * The tokens of a text with their bytes. Undefined where one has no likelihood, but for a first one that nothing stands before.
 * `most`: of alternatives.
 */
export function partsOfTold(
  tokens: readonly ToldToken[],
  bytes: readonly TokenBytes[],
  { most, isFirstFree }: { readonly most: number; readonly isFirstFree: boolean },
): readonly TextPart[] | undefined {
  if (tokens.length === 0 || tokens.length !== bytes.length) return undefined;
  const parts = tokens.map(({ id, logprob, rank, top }, index): TextPart => {
    const own = bytes[index] ?? [];
    if (isFirstFree && index === 0) return { id, bytes: own, logprob: null, rank: null, top: [] };
    const likeliest = [...top].sort((one, other) => other.logprob - one.logprob).slice(0, most);
    const place = likeliest.findIndex((other) => other.id === id) + 1;
    return { id, bytes: own, logprob, rank: rank ?? (place === 0 ? null : place), top: likeliest.map((other) => likelyPart(other, { id, own })) };
  });
  return parts.every(({ logprob }, index) => isLikelihood(logprob) || (isFirstFree && index === 0)) ? parts : undefined;
}

function likelyPart({ id, text, logprob }: ToldAlternative, token: { readonly id: number; readonly own: TokenBytes }): LikelyPart {
  return { id, bytes: id === token.id ? token.own : [...Buffer.from(text, 'utf8')], logprob };
}

/**
 * vLLM's `prompt_logprobs`: for each token an object by the ids of the likeliest, itself among them. Its order is lost where ids look like
 * numbers, so each token is found by its id. Undefined where not every token has an entry.
 */
export function readPromptLogprobs(entries: unknown, ids: readonly number[]): readonly ToldToken[] | undefined {
  if (!Array.isArray(entries) || entries.length !== ids.length) return undefined;
  return ids.map((id, index) => {
    const entry: unknown = entries[index];
    const top = isObject(entry) ? Object.entries(entry).flatMap(([key, value]) => readAlternative(key, value)) : [];
    const own = isObject(entry) ? entry[id] : undefined;
    const { logprob, rank, decoded_token: text } = isObject(own) ? own : {};
    return {
      id,
      text: typeof text === 'string' ? text : null,
      logprob: isLikelihood(logprob) ? logprob : null,
      rank: readCount(rank) || null,
      top,
    };
  });
}

function readAlternative(key: string, value: unknown): readonly ToldAlternative[] {
  const { logprob, decoded_token: text }: JsonObject = isObject(value) ? value : {};
  if (!/^\d+$/.test(key) || !isLikelihood(logprob)) return [];
  return [{ id: Number(key), text: typeof text === 'string' ? text : '', logprob }];
}

/** SGLang's `[logprob, id, text]`, and as many for what else could have come; undefined for anything else. */
export function readInputToken(triple: unknown, others: unknown): ToldToken | undefined {
  const [logprob, id, text] = Array.isArray(triple) ? (triple as unknown[]) : [];
  const token = readCount(id);
  if (token === undefined) return undefined;
  const top = (Array.isArray(others) ? others : []).flatMap((other: unknown) => {
    const { id, text, logprob } = readInputToken(other, null) ?? {};
    return id === undefined || logprob === null || logprob === undefined ? [] : [{ id, text: text ?? '', logprob }];
  });
  return { id: token, text: typeof text === 'string' ? text : null, logprob: isLikelihood(logprob) ? logprob : null, rank: null, top };
}

/** TGI's `{id, text, logprob}`; undefined for anything else. */
export function readPrefillToken(entry: unknown): ToldToken | undefined {
  const { id, text, logprob } = isObject(entry) ? entry : {};
  const token = readCount(id);
  if (token === undefined || typeof text !== 'string') return undefined;
  return { id: token, text, logprob: isLikelihood(logprob) ? logprob : null, rank: null, top: [] };
}
