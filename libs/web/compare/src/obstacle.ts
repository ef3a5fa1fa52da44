import { isUndecided, brokenOf } from './turn/go-on';
import { nameOfSide, type Side } from './side/sides';
import { type TurnView } from './turn/turn-view';

/** What decides whether a prompt can be sent. */
export interface Standing {
  readonly isRunning: boolean;
  /** Why nothing can be asked blind, where it would be; else empty. */
  readonly blindObstacle: string;
  readonly prompt: string;
  readonly last: TurnView | undefined;
  readonly models: readonly { readonly side: Side; readonly id: string | null }[];
  /** Ids of all models; empty before they are known. */
  readonly known: ReadonlySet<string>;
}

/** Why a prompt cannot be sent now, and what to do; empty where it can. */
export function obstacleOf({ isRunning, blindObstacle, prompt, last, models, known }: Standing): string {
  if (isRunning) return 'An answer is being made: wait for its end, or stop it.';
  const without = models.find(({ id }) => id === null || (known.size > 0 && !known.has(id)));
  if (without?.id === null) return known.size === 0 ? 'There is no model to ask yet.' : `Choose a model for ${without.side.name}.`;
  if (without) return `${without.side.name}: no model here is called ${without.id}. Choose another one.`;
  if (last && isUndecided(last)) {
    const names = brokenOf(last).map(({ side }) => nameOfSide(side));
    return `${names.join(' and ')} did not answer to the end: choose above what to go on with.`;
  }
  if (blindObstacle) return blindObstacle;
  return prompt.trim() === '' ? 'Write a prompt first.' : '';
}
