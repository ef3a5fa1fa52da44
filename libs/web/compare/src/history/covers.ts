import { isOngoing } from '@tandem/web/run';
import { type KeptTurn } from '../turn/turn-view';

/** Whether nothing of some turns is lost where others take their place: each is among them, as it is or further on. */
export function covers(others: readonly KeptTurn[], turns: readonly KeptTurn[]): boolean {
  return turns.every((turn) => {
    const other = others.find(({ id }) => id === turn.id);
    if (!other || JSON.stringify(other.goOn) !== JSON.stringify(turn.goOn) || other.measured.length < turn.measured.length) return false;
    return turn.answers.every(({ side, model, answer, earlier }) => {
      const same = other.answers.find((each) => each.side === side);
      if (same?.model !== model || same.earlier.length !== earlier.length) return false;
      return isOngoing(answer.state) ? same.answer.text.startsWith(answer.text) : same.answer.text === answer.text;
    });
  });
}
