import { type Comparison, type Question } from '@tandem/shared/differences';

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export interface Answer {
  /** Of the question. */
  readonly id: number;
  readonly comparison: Comparison;
}
