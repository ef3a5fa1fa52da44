import { type OfBoth, type PairSide } from '@tandem/shared/contracts';
import { type ModelOption } from '@tandem/web/model-status';
import { type ScoringTask } from '../scoring/scoring-task';

/** An answer of a turn, and what both models are asked of it. */
export interface AnswerToScore {
  /** Whose it is. */
  readonly side: PairSide;
  /** Null where there is nothing to score. */
  readonly task: ScoringTask | null;
  /** Why there is nothing; else empty. */
  readonly obstacle: string;
  /** What of the answer is not in the figures. */
  readonly notes: readonly string[];
}

/** One side as the page names it, and its model as far as it is known. */
export interface SideInView {
  readonly name: string;
  readonly option: ModelOption | undefined;
}

export type SidesInView = OfBoth<SideInView>;

export function otherSide(side: PairSide): PairSide {
  return side === 'baseline' ? 'derivative' : 'baseline';
}
