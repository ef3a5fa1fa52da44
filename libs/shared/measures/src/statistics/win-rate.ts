/** The votes on a pair. */
export interface VoteCounts {
  readonly baseline: number;
  readonly derivative: number;
  /** Including "both bad". */
  readonly ties: number;
}

/** How often the derivative wins; shares from 0 to 1. */
export interface WinRate {
  /** Votes that are no ties. */
  readonly decisive: number;
  /** Of those; null when there are none. */
  readonly share: number | null;
  /** Of all votes, each tie as half a win; null when there are none. */
  readonly withTiesAsHalf: number | null;
}

export function winRateOf({ baseline, derivative, ties }: VoteCounts): WinRate {
  const decisive = baseline + derivative;
  const all = decisive + ties;
  return {
    decisive,
    share: decisive === 0 ? null : derivative / decisive,
    withTiesAsHalf: all === 0 ? null : (derivative + ties / 2) / all,
  };
}
