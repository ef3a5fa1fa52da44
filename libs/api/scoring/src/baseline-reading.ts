import type { ExpectationBuffer, KeptText, OtherTokens, ScoredText, ScoringRequest } from '@tandem/api/completion';
import type { OfBoth, Score } from '@tandem/shared/contracts';
import { type TokenDifference, whyNotComparable } from '@tandem/shared/measures';
import { inField } from './in-field';
import { scoreOf } from './score-of';
import type { Scorer } from './scorers';
import { tokenDifferences } from './token-differences';

/** From 0 to 1. */
export type OnProgress = (share: number) => void;

/** A text that two models are compared over. */
export interface ComparedText extends Pick<ScoringRequest, 'messages' | 'text'> {
  /** How many of the likeliest tokens are told at each place. */
  readonly told: number;
  /** Where what the baseline expects may be kept. */
  readonly keep?: KeptText;
}

/** Two scores of one text; with a difference for each token, where the two can be compared token by token. */
export interface ScoredPair {
  readonly scores: OfBoth<Score>;
  readonly differences: readonly (TokenDifference | null)[];
}

/** What a baseline found of a text, for other models to be compared with. */
export class BaselineReading {
  private constructor(
    private readonly baseline: Scorer,
    private readonly text: ComparedText,
    private readonly found: ScoredText,
  ) {}

  static async of(baseline: Scorer, text: ComparedText, onProgress: OnProgress, signal: AbortSignal): Promise<BaselineReading> {
    const request = { ...requestOf(text, baseline), ...(text.keep === undefined ? {} : { keep: text.keep }) };
    return new BaselineReading(baseline, text, await inField(baseline.param, baseline.scoring.score(request, onProgress, signal)));
  }

  async compare(derivative: Scorer, onProgress: OnProgress, signal: AbortSignal): Promise<ScoredPair> {
    const { baseline, text, found } = this;
    const against = found.isKept ? text.keep : undefined;
    const request = { ...requestOf(text, derivative), ...(against === undefined ? othersOf(found) : { against }) };
    const other = await inField(derivative.param, derivative.scoring.score(request, onProgress, signal));
    // less and more of one model's adapter have one list of tokens, whether or not its server tells that
    const isOneModel = baseline.scoring === derivative.scoring && (baseline.adapterScale ?? derivative.adapterScale) !== undefined;
    const known = isOneModel ? { vocabulary: found.vocabulary ?? baseline.id } : {};
    const scoreBy = ({ id }: Scorer, scored: ScoredText) => scoreOf(id, text.text, { ...scored, ...known }, text.told);
    const scores = { baseline: scoreBy(baseline, found), derivative: scoreBy(derivative, other) };
    return { scores, differences: whyNotComparable(scores.baseline, scores.derivative) === null ? tokenDifferences(found, other) : [] };
  }
}

/** Room to compare these whole expectations in, where the same engine runs them all. Its caller closes it. */
export async function bufferFor([first, ...rest]: readonly Scorer[], signal: AbortSignal): Promise<ExpectationBuffer | undefined> {
  const buffers = first?.scoring.buffers;
  return buffers !== undefined && rest.every(({ scoring }) => scoring.buffers === buffers) ? buffers.open(signal) : undefined;
}

/** The likeliest is always looked at: whether both have the same is part of the answer. */
function requestOf({ messages, text, told }: ComparedText, { adapterScale }: Scorer): ScoringRequest {
  return { messages, text, alternatives: Math.max(1, told), ...(adapterScale === undefined ? {} : { adapterScale }) };
}

/** The baseline's likeliest tokens, so that the derivative tells how likely it finds each. */
function othersOf({ vocabulary, parts }: ScoredText): { readonly others?: OtherTokens } {
  if (vocabulary === null) return {};
  return { others: { vocabulary, at: parts.map(({ top }) => top.flatMap(({ id }) => id ?? [])) } };
}
