import type { LikelyToken, TokenLogprob } from '@tandem/shared/contracts';

/** As chat answers have it. */
export function asContent(tokens: readonly TokenLogprob[]): object {
  return { content: tokens, refusal: null };
}

/** As the older completions have it: a list for each thing that is known of the tokens. */
export function asLists(tokens: readonly TokenLogprob[], offset: number): object {
  let next = offset;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top_logprobs: others }) => byToken(others)),
    text_offset: tokens.map(({ token }) => {
      const at = next;
      next += token.length;
      return at;
    }),
  };
}

export function charactersOf(tokens: readonly TokenLogprob[]): number {
  return tokens.reduce((sum, { token }) => sum + token.length, 0);
}

function byToken(tokens: readonly LikelyToken[]): Record<string, number> {
  return Object.fromEntries(tokens.map(({ token, logprob }) => [token, logprob]));
}
