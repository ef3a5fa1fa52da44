import type { Score } from '@tandem/shared/contracts';

/** One of the reasons, which the API's description shows. */
export const OTHER_VOCABULARIES = 'The two models have different vocabularies, so tokens cannot be compared one by one. Spans and bits per byte can.';

/** Why two scores of one text cannot be compared token by token, as a sentence; null where they can. */
export function whyNotComparable(baseline: Score, derivative: Score): string | null {
  const untold = [baseline, derivative].filter(({ vocabulary }) => vocabulary === null).map(({ model }) => model);
  if (untold.length > 0)
    return `The list of tokens of ${untold.join(' and of ')} is not known, so tokens cannot be compared one by one. Spans and bits per byte can.`;
  if (baseline.vocabulary !== derivative.vocabulary) return OTHER_VOCABULARIES;
  if (!hasSameTokens(baseline, derivative))
    return 'The two models cut this text into different tokens, which cannot be compared one by one. Spans and bits per byte can.';
  const isCompared = baseline.tokens.some(({ logprob }, index) => logprob !== null && derivative.tokens[index]?.logprob !== null);
  return isCompared ? null : 'No token of this text has something before it for both models. Score a longer text, or one after a message.';
}

function hasSameTokens({ tokens }: Score, { tokens: others }: Score): boolean {
  return (
    tokens.length === others.length &&
    tokens.every(({ text, bytes }, index) => {
      const other = others[index];
      return other?.text === text && other.bytes[0] === bytes[0] && other.bytes[1] === bytes[1];
    })
  );
}
