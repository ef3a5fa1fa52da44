import { type ModelCard } from '@tandem/shared/contracts';
import { type Side } from './pane/sides';

/** Who stands on each side before anyone chose: a baseline and its derivative where there are such, else what there is. */
export function defaultPair(cards: readonly ModelCard[]): Readonly<Record<Side, string | null>> {
  const baselines = cards.filter(({ role }) => role === 'baseline');
  const derivative = cards.filter(({ role }) => role === 'twodelta');
  const parent = baselines.find(({ id }) => derivative.some(({ baseline_id }) => baseline_id === id)) ?? baselines[0] ?? cards[0];
  const child = derivative.find(({ baseline_id }) => baseline_id === parent?.id) ?? derivative[0] ?? cards.find(({ id }) => id !== parent?.id) ?? parent;
  return { baseline: parent?.id ?? null, derivative: child?.id ?? null };
}
