import { type AnswerView, isOngoing, type ModelOption, sayState, sayTokensPerSecond } from '@tandem/web/conversation';
import { type PaneTab } from './pane-tabs';
import { SIDE_NAMES, type Side } from './sides';

/** What a tab has no room for, shorter. */
const SHORT: Readonly<Record<string, string>> = { prompt: 'reading', stopped: 'stopped', resuming: 'resuming' };

/** One side in a few characters: its speed while it answers, else what is wrong with its model, else how it stands. */
export function toTab(side: Side, answer: AnswerView | undefined, model: ModelOption | undefined): PaneTab {
  if (model?.isWell === false && !isOngoing(answer?.state)) return { side, name: SIDE_NAMES[side], mark: model.mark, readout: model.health };
  const { words, mark } = sayState(answer?.state);
  const short = SHORT[answer?.state.kind ?? ''] ?? words.split(',', 1).join();
  const speed = answer && isOngoing(answer.state) ? answer.tokensPerSecond : null;
  return { side, name: SIDE_NAMES[side], mark, readout: speed === null ? short : sayTokensPerSecond(speed) };
}
