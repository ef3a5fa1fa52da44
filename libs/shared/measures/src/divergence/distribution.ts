import { argMax } from '../scores/arg-max';
import { logSumExp } from '../scores/log-sum-exp';

/** What a token is called in its vocabulary: its id, or its text where a model server tells no ids. */
export type TokenKey = number | string;

/** A model's distribution over the next token, all of it. */
export interface WholeDistribution {
  readonly kind: 'whole';
  /** One for each token, by its id. Log-probabilities will do as well. */
  readonly logits: ArrayLike<number>;
}

/** As much of it as was told. */
export interface PartialDistribution {
  readonly kind: 'part';
  /** Natural. */
  readonly logprobs: ReadonlyMap<TokenKey, number>;
  /** The likeliest token of the whole vocabulary; null where that is not known. */
  readonly likeliest: TokenKey | null;
}

export type Distribution = WholeDistribution | PartialDistribution;

export type TokenLogprobPair = readonly [token: TokenKey, logprob: number];

/** `top`: the likeliest tokens of all, in any order. `others`: more whose log-probabilities are known, such as the text's own token. */
export function partOf(top: readonly TokenLogprobPair[], others: readonly TokenLogprobPair[] = []): PartialDistribution {
  const best = top.reduce<TokenLogprobPair | null>((held, next) => (held === null || comesBefore(next, held) ? next : held), null);
  return { kind: 'part', logprobs: new Map([...others, ...top]), likeliest: best?.[0] ?? null };
}

/** Of equals the lowest. */
function comesBefore([token, logprob]: TokenLogprobPair, [other, otherLogprob]: TokenLogprobPair): boolean {
  return logprob > otherLogprob || (logprob === otherLogprob && token < other);
}

/** Null where it is not known. */
export function likeliestOf(distribution: Distribution): TokenKey | null {
  return distribution.kind === 'part' ? distribution.likeliest : (argMax(distribution.logits) ?? null);
}

/** How the log-probability of a token is looked up; undefined where it is not known. */
export function logprobsOf(distribution: Distribution): (token: TokenKey) => number | undefined {
  if (distribution.kind === 'part') return (token) => distribution.logprobs.get(token);
  const { logits } = distribution;
  const total = logSumExp(logits);
  return (token) => {
    const logit = typeof token === 'number' ? logits[token] : undefined;
    return logit === undefined ? undefined : logit - total;
  };
}
