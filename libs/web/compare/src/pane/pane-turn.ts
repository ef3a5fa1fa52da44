import { type AnswerView } from '@tandem/web/run';
import { type StreamPosition } from '@tandem/web/data-access';

/** An answer and the id of the model that was asked for it: the pane may name another one since. */
export interface ModelAnswer {
  readonly model: string;
  readonly answer: AnswerView;
}

/** One prompt and what one side answered to it. */
export interface PaneTurn extends ModelAnswer {
  /** What came before it was asked for again, oldest first. */
  readonly earlier: readonly ModelAnswer[];
}

/** A turn as it outlives a reload. */
export interface KeptTurn extends PaneTurn {
  /** Where to go on; null when the answer has ended. */
  readonly position: StreamPosition | null;
}
