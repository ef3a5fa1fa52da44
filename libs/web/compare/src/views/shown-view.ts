import { isOngoing } from '@tandem/web/run';
import { SIDES } from '../side/sides';
import { type SideAnswer, type TurnView } from '../turn/turn-view';
import { type View, VIEWS } from './view';

/** Why a turn's answers cannot be shown by how they differ; empty where they can. */
export function obstacleToViews({ answers }: TurnView): string {
  if (answers.some(({ answer }) => isOngoing(answer.state))) return 'The answers are compared when both have ended.';
  for (const { id, name } of SIDES) {
    const why = whyNothing(answers.find(({ side }) => side === id));
    if (why) return `${name} ${why}: there is nothing to compare.`;
  }
  return '';
}

/** As it is shown now: what was chosen, where that is possible. */
export function shownView(turn: TurnView): View {
  const chosen = VIEWS.find(({ value }) => value === turn.view)?.value ?? 'text';
  return obstacleToViews(turn) === '' ? chosen : 'text';
}

/** What a person stopped is compared as far as it came. */
function whyNothing(asked: SideAnswer | undefined): string {
  switch (asked?.answer.state.kind) {
    case undefined:
      return 'was not asked';
    case 'failed':
    case 'interrupted':
      return 'did not answer to the end';
    default:
      return asked?.answer.text.trim() === '' ? 'has no text' : '';
  }
}
