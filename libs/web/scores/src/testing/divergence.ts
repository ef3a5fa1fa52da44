import { type Divergence, type Score, type ScoredToken } from '@tandem/shared/contracts';
import { measureDivergence, partOf, summarise, tokenDifference } from '@tandem/shared/measures';

/** A token, and how likely it is found, from 0 to 1. */
export type Likely = readonly [text: string, share: number];

/** What a model found of a text, given token by token. */
export function scoreOf(model: string, tokens: readonly Likely[], changes: Partial<Score> = {}): Score {
  let at = 0;
  const scored = tokens.map(([text, share]): ScoredToken => {
    const from = at;
    at += new TextEncoder().encode(text).length;
    return { text, bytes: [from, at], logprob: Math.log(share), rank: share > 0.5 ? 1 : null, top: [{ text, logprob: Math.log(share) }] };
  });
  const text = tokens.map(([each]) => each).join('');
  return { model, method: 'prefill', exact: true, vocabulary: 'a'.repeat(64), tokens: scored, summary: summarise(scored, text), ...changes };
}

/** How far two models are apart over a text. */
export function divergenceOf(baseline: Score, derivative: Score): Divergence {
  const differences = baseline.tokens.map((token, at) => {
    const other = derivative.tokens[at];
    return tokenDifference(partOf([[0, token.logprob ?? 0]]), partOf([[other && (other.logprob ?? 0) < Math.log(0.5) ? 1 : 0, other?.logprob ?? 0]]));
  });
  return measureDivergence({ baseline, derivative }, baseline.vocabulary === derivative.vocabulary ? differences : []);
}
