import { isOngoing } from '@tandem/web/run';
import { isVeiled } from '../blind/blind-turn';
import { SIDES } from '../side/sides';
import { type TurnView } from '../turn/turn-view';

/** Why nobody can say which of a turn's answers is better; empty where they can. What a server failed at says nothing of its model. */
export function obstacleToVote({ answers, blind }: TurnView): string {
  if (answers.some(({ answer }) => isOngoing(answer.state))) return 'Vote when both have answered.';
  // the vote brings to light why one of them failed
  if (isVeiled({ blind })) return '';
  for (const { id, name } of SIDES) {
    const asked = answers.find(({ side }) => side === id);
    if (!asked) return `${name} was not asked: there is nothing to choose between.`;
    if (['failed', 'interrupted'].includes(asked.answer.state.kind)) return `${name} did not answer to the end: there is nothing to choose between.`;
  }
  return '';
}
