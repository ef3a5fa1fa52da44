import { type ModelCard, type OpenedBlind } from '@tandem/shared/contracts';
import { type Votes } from '@tandem/web/data-access';
import { type Question } from '../pane/pane-store';
import { isCrossed } from '../sharing/is-crossed';
import { type Turn } from '../turn/turn';

/** What a side is asked, and of whom. */
export interface BlindQuestion extends Question {
  readonly model: string;
}

/** Has the server draw who is left: the page is told nothing but how the two streams are called. Both are asked the prompt alone. */
export async function draw(
  turn: Turn,
  [left, right]: readonly BlindQuestion[],
  cards: ReadonlyMap<string, ModelCard>,
  votes: Pick<Votes, 'openBlind'>,
): Promise<OpenedBlind['streams']> {
  if (!left || !right) throw new Error('Blind takes two sides.');
  const crossed = isCrossed(cards.get(left.model), cards.get(right.model));
  const [baseline, derivative] = crossed ? [right, left] : [left, right];
  const { parameters, system } = left.settings;
  const { id, streams } = await votes.openBlind({
    baseline: baseline.model,
    derivative: derivative.model,
    messages: [{ role: 'user', content: left.prompt }],
    system: system.trim() === '' ? null : system,
    parameters,
  });
  turn.blind.set({ id, isCrossed: crossed });
  return streams;
}
