import { type AnswerView } from '@tandem/web/conversation';
import { type StreamPosition } from '@tandem/web/data-access';

/** One turn of one side as it outlives a reload. */
export interface KeptTurn {
  readonly answer: AnswerView;
  /** Where to go on; null when the answer has ended. */
  readonly position: StreamPosition | null;
}
