import type { ScoredText, TextPart } from '@tandem/api/completion';
import { partOf, type TokenDifference, tokenDifference, type TokenLogprobPair } from '@tandem/shared/measures';

/** How two models of one vocabulary differ at each token of a text that both cut the same way; null where one has no likelihood. */
export function tokenDifferences(baseline: ScoredText, derivative: ScoredText): readonly (TokenDifference | null)[] {
  return baseline.parts.map((ours, index) => {
    const theirs = derivative.parts[index];
    if (theirs === undefined || ours.logprob === null || theirs.logprob === null) return null;
    const besides = ours.top.flatMap(({ id }, place): TokenLogprobPair[] => pairOf(id, theirs.others?.[place]));
    return tokenDifference(partOf(topOf(ours), itselfOf(ours)), partOf(topOf(theirs), [...besides, ...itselfOf(theirs)]));
  });
}

function topOf({ top }: TextPart): readonly TokenLogprobPair[] {
  return top.flatMap(({ id, logprob }) => pairOf(id, logprob));
}

function itselfOf({ id, logprob }: TextPart): readonly TokenLogprobPair[] {
  return pairOf(id, logprob ?? undefined);
}

function pairOf(id: number | null, logprob: number | undefined): TokenLogprobPair[] {
  return id === null || logprob === undefined ? [] : [[id, logprob]];
}
