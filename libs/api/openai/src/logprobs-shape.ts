import type { LikelyToken, TokenLogprob } from '@tandem/shared/contracts';
import { spelled } from '@tandem/api/completion';
import type { TextPlaces } from './text-places';

/** A token, of whose likelihood nothing may be known. */
export interface ToldToken extends Omit<TokenLogprob, 'logprob'> {
  readonly logprob: number | null;
}

/** As chat answers have it. */
export function asContent(tokens: readonly ToldToken[]): object {
  return { content: tokens, refusal: null };
}

/** As the older completions have it: a list for each thing that is known of the tokens. */
export function asLists(tokens: readonly ToldToken[], places: TextPlaces): object {
  return {
    tokens: tokens.map(nameOf),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map((token) => (token.logprob === null ? null : byToken(token, token.logprob))),
    text_offset: tokens.map((token) => places.next(token)),
  };
}

/** The token itself is among them, likely or not; of several that are spelled alike the likeliest counts. */
function byToken(token: ToldToken, logprob: number): Record<string, number> {
  const told: Record<string, number> = {};
  for (const other of token.top_logprobs) told[nameOf(other)] ??= other.logprob;
  told[nameOf(token)] = logprob;
  return told;
}

function nameOf({ token, bytes }: Pick<LikelyToken, 'token' | 'bytes'>): string {
  return bytes === null ? token : spelled(bytes);
}
