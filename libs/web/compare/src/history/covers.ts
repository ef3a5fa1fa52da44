import { isOngoing } from '@tandem/web/run';
import { isVeiled } from '../blind/blind-turn';
import { type KeptTurn } from '../turn/turn-view';

/** Whether nothing of some turns is lost where others take their place: each is among them, as it is or further on. */
export function covers(others: readonly KeptTurn[], turns: readonly KeptTurn[]): boolean {
  return turns.every((turn) => {
    const other = others.find(({ id }) => id === turn.id);
    if (!other || JSON.stringify(other.goOn) !== JSON.stringify(turn.goOn) || other.measured.length < turn.measured.length) return false;
    // the vote moves the answers to where their models stand
    if (isVeiled(turn) && other.blind?.reveal) return true;
    return turn.answers.every(({ side, model, answer, earlier }) => {
      const same = other.answers.find((each) => each.side === side);
      if (same?.model !== model || same.earlier.length !== earlier.length) return false;
      if (isOngoing(answer.state)) return same.answer.text.startsWith(answer.text);
      return same.answer.text === answer.text && same.answer.state.kind === answer.state.kind;
    });
  });
}

/** Whether there is nothing to write of some turns where others are kept. */
export function isSame(kept: readonly KeptTurn[], turns: readonly KeptTurn[]): boolean {
  return covers(kept, turns) && covers(turns, kept) && JSON.stringify(positionsOf(kept)) === JSON.stringify(positionsOf(turns));
}

function positionsOf(turns: readonly KeptTurn[]): readonly unknown[] {
  return turns.flatMap(({ answers }) => answers.map(({ position }) => position));
}
