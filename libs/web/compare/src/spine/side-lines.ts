import { type ModelCard } from '@tandem/shared/contracts';
import { sayCost } from '@tandem/web/scores/pair';
import { sayRuns } from '../repeat/say-runs';
import { type Side, SIDES } from '../side/sides';
import { type TurnView } from '../turn/turn-view';

/** What is known of one side of a turn beside how it differs: what its runs gave, and what its answer cost. */
export interface SideLine {
  readonly side: Side;
  readonly words: string;
}

export function sideLinesOf(
  { answers, measured }: TurnView,
  cards: ReadonlyMap<string, ModelCard>,
  repeats: number,
  isMeasuring: boolean,
): readonly SideLine[] {
  return SIDES.flatMap((side) => {
    const runs = measured.find((each) => each.side === side.id);
    const asked = answers.find((each) => each.side === side.id);
    const cost = asked ? sayCost(cards.get(asked.model), asked.answer.usage) : '';
    const words = [...(runs ? [sayRuns(runs, repeats, isMeasuring)] : []), ...(cost ? [cost] : [])].join(' · ');
    return words === '' ? [] : [{ side, words }];
  });
}
