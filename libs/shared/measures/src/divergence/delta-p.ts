import { meanOf } from '../statistics/sum';

/** How much likelier the derivative finds a text's tokens than the baseline; in shares of 1. */
export interface DeltaP {
  /** −1 to 1. */
  readonly mean: number;
  /** The root of the mean of the squares; 0 to 1. */
  readonly rms: number;
}

/** Of p_derivative − p_baseline, by both sides' log-probabilities of each token. Tokens that one side has none for do not count; null when none does. */
export function deltaP(baseline: readonly (number | null)[], derivative: readonly (number | null)[]): DeltaP | null {
  if (baseline.length !== derivative.length) {
    throw new RangeError(`${baseline.length} and ${derivative.length} tokens cannot be compared one by one: both sides must be of the same tokens.`);
  }
  const differences = baseline.flatMap((ours, index) => {
    const theirs = derivative[index] ?? null;
    return ours === null || theirs === null ? [] : [Math.exp(theirs) - Math.exp(ours)];
  });
  if (differences.length === 0) return null;
  return { mean: meanOf(differences), rms: Math.sqrt(meanOf(differences.map((difference) => difference ** 2))) };
}
