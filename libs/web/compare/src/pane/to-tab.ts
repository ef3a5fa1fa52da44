import { sayPercent } from '@tandem/web/design';
import { type ModelOption } from '@tandem/web/model-status';
import { type AnswerState, type AnswerView, isOngoing, saySpeed, sayState } from '@tandem/web/run';
import { type PaneTab } from './pane-tabs';
import { type Side } from '../side/sides';

/** What a tab has no room for, shorter. */
const SHORT: Readonly<Partial<Record<AnswerState['kind'], string>>> = { prompt: 'reading', stopped: 'stopped', resuming: 'resuming', done: 'done' };

/** One side in a few characters: its speed while it answers, else what is wrong with its model, else how it stands. */
export function toTab(side: Side, answer: AnswerView | undefined, model: ModelOption | undefined, areModelsKnown = true): PaneTab {
  const tab = { side, doing: '' };
  if (model === undefined && areModelsKnown && !isOngoing(answer?.state)) return { ...tab, mark: 'bad', readout: 'no model' };
  if (model !== undefined && !isOngoing(answer?.state)) {
    if (model.coming) return { ...tab, mark: model.mark, doing: model.coming.what, readout: sayPercent(model.coming.progress) };
    if (!model.isWell) return { ...tab, mark: model.mark, readout: model.isUnconvertible ? 'unusable' : model.health };
  }
  const { mark } = sayState(answer?.state);
  if (!answer) return { ...tab, mark, readout: sayBriefly(undefined) };
  const { state, tokensPerSecond, usage } = answer;
  // where nobody knows how far it is, what goes on stays in view
  if (state.kind === 'converting' && state.progress !== undefined) return { ...tab, mark, doing: state.kind, readout: sayPercent(state.progress) };
  return { ...tab, mark, readout: isOngoing(state) && tokensPerSecond !== null ? saySpeed(tokensPerSecond, usage !== undefined) : sayBriefly(state) };
}

/** The same where nobody may know who speaks: how it stands, and nothing that is measured. */
export function toVeiledTab(side: Side, answer: AnswerView | undefined): PaneTab {
  return { side, doing: '', mark: sayState(answer?.state).mark, readout: sayBriefly(answer?.state) };
}

function sayBriefly(state: AnswerState | undefined): string {
  if (state?.kind === 'queued' && state.position) return 'queued';
  return (state && SHORT[state.kind]) ?? sayState(state).words;
}
