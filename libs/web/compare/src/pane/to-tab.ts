import { type ModelOption } from '@tandem/web/model-status';
import { type AnswerView, isOngoing, sayState, sayTokensPerSecond } from '@tandem/web/run';
import { type PaneTab } from './pane-tabs';
import { SIDE_NAMES, type Side } from './sides';

/** What a tab has no room for, shorter. */
const SHORT: Readonly<Record<string, string>> = { prompt: 'reading', stopped: 'stopped', resuming: 'resuming' };

/** One side in a few characters: its speed while it answers, else what is wrong with its model, else how it stands. */
export function toTab(side: Side, answer: AnswerView | undefined, model: ModelOption | undefined): PaneTab {
  const tab = { side, name: SIDE_NAMES[side], doing: '' };
  if (model !== undefined && !isOngoing(answer?.state)) {
    if (model.isComing) return { ...tab, mark: model.mark, ...split(model.health) };
    if (!model.isWell) return { ...tab, mark: model.mark, readout: model.isUnconvertible ? 'unusable' : model.health };
  }
  const { words, mark } = sayState(answer?.state);
  if (answer?.state.kind === 'converting') return { ...tab, mark, ...split(words) };
  const short = SHORT[answer?.state.kind ?? ''] ?? words.split(',', 1).join();
  const speed = answer && isOngoing(answer.state) ? answer.tokensPerSecond : null;
  return { ...tab, mark, readout: speed === null ? short : sayTokensPerSecond(speed) };
}

/** "converting 40 %": what goes on, and how far it is; where that is not known, what goes on stays in view. */
function split(words: string): Pick<PaneTab, 'doing' | 'readout'> {
  const [, doing = '', readout = words] = /^(\w+) (\d+ %)$/.exec(words) ?? [];
  return { doing, readout };
}
