import { type Injector } from '@angular/core';
import { CatalogueStore, type StreamPosition } from '@tandem/web/data-access';
import { Votes } from '@tandem/web/data-access/kept';
import { type PaneStore, type Question } from '../pane/pane-store';
import { isCrossed } from '../sharing/is-crossed';
import { type Turn } from '../turn/turn';

/** What a side is asked, and of whom. */
export interface BlindQuestion extends Question {
  readonly model: string;
}

/**
 * Has the server draw who is left, and gives where the two streams begin, from left to right: nothing tells the page whose they
 * are. Both are asked the prompt alone.
 */
export async function draw(
  turn: Turn,
  questions: readonly BlindQuestion[],
  panes: readonly PaneStore[],
  injector: Injector,
): Promise<readonly StreamPosition[]> {
  const [left, right] = questions;
  if (!left || !right) throw new Error('Blind takes two sides.');
  const cards = injector.get(CatalogueStore).byId();
  const crossed = isCrossed(cards.get(left.model), cards.get(right.model));
  const [baseline, derivative] = crossed ? [right.model, left.model] : [left.model, right.model];
  const { parameters, system } = left.settings;
  const messages = [{ role: 'user', content: left.prompt }] as const;
  try {
    const { id, streams } = await injector.get(Votes).openBlind({ baseline, derivative, messages, system: system.trim() === '' ? null : system, parameters });
    turn.blind.set({ id, isCrossed: crossed });
    return [streams.left, streams.right].map((streamId) => ({ streamId, number: 0 }));
  } catch (failure) {
    // nothing was drawn: there is nothing to be hidden
    turn.blind.set(undefined);
    for (const [at, pane] of panes.entries()) pane.unveil(turn.id, questions[at]?.model ?? '');
    throw failure;
  }
}
