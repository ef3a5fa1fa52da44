import { type ModelCard } from '@tandem/shared/contracts';
import { figuresOfPair, type PairFigure } from '@tandem/web/scores/pair';
import { SIDES } from '../side/sides';
import { isWhole } from '../turn/go-on';
import { type TurnView } from '../turn/turn-view';

/** How the right side's answer differs from the left one's, where both are whole. */
export function figuresOf({ answers }: TurnView, cards: ReadonlyMap<string, ModelCard>): readonly PairFigure[] {
  const [left, right] = SIDES.map(({ id }) => answers.find(({ side }) => side === id));
  return left && right && isWhole(left.answer) && isWhole(right.answer) ? figuresOfPair(left, right, cards) : [];
}
