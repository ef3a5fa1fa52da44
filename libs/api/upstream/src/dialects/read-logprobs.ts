import type { LikelyToken, TokenLogprob } from '@tandem/shared/contracts';
import type { Piece } from './dialect';
import { isObject, type JsonObject } from './json';

/** For a probability of 0, of which servers write what JSON has no number for. */
const IMPOSSIBLE = -9_999;

/** How likely tokens were, in either of OpenAI's shapes: a list of tokens, or a list for each thing that is known of them. */
export function readLogprobs(logprobs: unknown): Piece[] {
  if (!isObject(logprobs)) return [];
  const { content, tokens } = logprobs;
  const read = Array.isArray(content) ? content.filter(isObject).map(readToken) : Array.isArray(tokens) ? readLists(tokens, logprobs) : [];
  return read.length === 0 ? [] : [{ kind: 'logprobs', tokens: read }];
}

function readToken(entry: JsonObject): TokenLogprob {
  const { top_logprobs: others } = entry;
  return {
    ...likely(entry['token'], entry['logprob'], entry['bytes']),
    top_logprobs: Array.isArray(others) ? others.filter(isObject).map(({ token, logprob, bytes }) => likely(token, logprob, bytes)) : [],
  };
}

function readLists(tokens: readonly unknown[], { token_logprobs: logprobs, top_logprobs: others }: JsonObject): TokenLogprob[] {
  const at = (list: unknown, index: number): unknown => (Array.isArray(list) ? list[index] : undefined);
  return tokens.map((token, index) => {
    const top = at(others, index);
    return { ...likely(token, at(logprobs, index)), top_logprobs: isObject(top) ? Object.entries(top).map(([other, logprob]) => likely(other, logprob)) : [] };
  });
}

function likely(token: unknown, logprob: unknown, bytes?: unknown): LikelyToken {
  return {
    token: typeof token === 'string' ? token : '',
    logprob: typeof logprob === 'number' ? logprob : IMPOSSIBLE,
    bytes: Array.isArray(bytes) ? bytes.filter((byte) => typeof byte === 'number') : null,
  };
}
