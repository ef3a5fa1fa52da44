import type { Piece } from './dialect';
import { isObject, type JsonObject, readCount } from './json';

/** In a usage, by the names that servers give it: DeepSeek, Moonshot, and those that stand before Claude. */
const NAMES = ['prompt_cache_hit_tokens', 'cached_tokens', 'cache_read_input_tokens'];

/**
 * How many tokens of the prompt a server had from before. llama-server's `tokens_cached` is something else: what its cache
 * holds once the answer is there.
 */
export function readCached({ usage, timings }: JsonObject): Piece[] {
  const tokens = ofUsage(isObject(usage) ? usage : {}) ?? (isObject(timings) ? readCount(timings['cache_n']) : undefined);
  return tokens === undefined ? [] : [{ kind: 'cached', tokens }];
}

function ofUsage(usage: JsonObject): number | undefined {
  for (const name of ['prompt_tokens_details', 'input_tokens_details']) {
    const details = usage[name];
    const tokens = isObject(details) ? readCount(details['cached_tokens']) : undefined;
    if (tokens !== undefined) return tokens;
  }
  return NAMES.map((name) => readCount(usage[name])).find((tokens) => tokens !== undefined);
}
