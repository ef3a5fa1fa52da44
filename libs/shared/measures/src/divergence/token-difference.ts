import { type Distribution, likeliestOf } from './distribution';
import { klAt, type TokenKl } from './kl';

/** How two models differ at one token of a text that both cut the same way. */
export interface TokenDifference {
  readonly kl: TokenKl;
  /** Whether both find the same token likeliest; null where one side does not tell. */
  readonly sameTop: boolean | null;
}

/** Of what both models expected at one token. Both distributions must be over the same vocabulary. */
export function tokenDifference(baseline: Distribution, derivative: Distribution): TokenDifference {
  const [ours, theirs] = [likeliestOf(baseline), likeliestOf(derivative)];
  return { kl: klAt(baseline, derivative), sameTop: ours === null || theirs === null ? null : ours === theirs };
}
