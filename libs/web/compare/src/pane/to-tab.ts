import { type AnswerView } from './answer-view';
import { isOngoing, sayState } from './answer-words';
import { type PaneTab } from './pane-tabs';
import { sayTokensPerSecond } from './readouts';
import { SIDE_NAMES, type Side } from './sides';

/** One side in a few characters: its speed while it answers, else how it stands. */
export function toTab(side: Side, answer: AnswerView | undefined): PaneTab {
  const { words, mark } = sayState(answer?.state);
  const speed = answer && isOngoing(answer.state) ? answer.tokensPerSecond : null;
  return { side, name: SIDE_NAMES[side], mark, readout: speed === null ? words : sayTokensPerSecond(speed) };
}
