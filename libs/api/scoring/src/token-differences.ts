import type { ScoredText, TextPart } from '@tandem/api/completion';
import { likeliestOf, partOf, type TokenDifference, tokenDifference, type TokenLogprobPair } from '@tandem/shared/measures';

/** How two models of one vocabulary differ at each token of a text that both cut the same way; null where one has no likelihood. */
export function tokenDifferences(baseline: ScoredText, derivative: ScoredText): readonly (TokenDifference | null)[] {
  return baseline.parts.map((ours, index) => {
    const theirs = derivative.parts[index];
    if (theirs === undefined || ours.logprob === null || theirs.logprob === null) return null;
    return theirs.kl === undefined ? partDifference(ours, theirs) : wholeDifference(ours, theirs, theirs.kl);
  });
}

/** Of whole vocabularies, compared where both were at hand. */
function wholeDifference(ours: TextPart, theirs: TextPart, nats: number): TokenDifference {
  const [one, other] = [ours, theirs].map((part) => likeliestOf(partOf(topOf(part))));
  const isKnown = one !== null && one !== undefined && other !== null && other !== undefined;
  return { kl: { nats, kind: 'exact', coveredMass: 1 }, sameTop: isKnown ? one === other : null };
}

function partDifference(ours: TextPart, theirs: TextPart): TokenDifference {
  const besides = ours.top.flatMap(({ id }, place): TokenLogprobPair[] => pairOf(id, theirs.others?.[place]));
  return tokenDifference(partOf(topOf(ours), itselfOf(ours)), partOf(topOf(theirs), [...besides, ...itselfOf(theirs)]));
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
