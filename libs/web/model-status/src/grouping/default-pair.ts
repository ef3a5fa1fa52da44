import { type ModelCard } from '@tandem/shared/contracts';

/** Whose models stand on the sides before anyone chose, from left to right: a baseline and its derivative where there are such, else what there is. */
export function defaultPair(cards: readonly ModelCard[]): readonly (string | null)[] {
  const baselines = cards.filter(({ role }) => role === 'baseline');
  const derivatives = cards.filter(({ role }) => role === 'twodelta');
  const parent = baselines.find(({ id }) => derivatives.some(({ baseline_id }) => baseline_id === id)) ?? baselines[0] ?? cards[0];
  const child = derivatives.find(({ baseline_id }) => baseline_id === parent?.id) ?? derivatives[0] ?? cards.find(({ id }) => id !== parent?.id) ?? parent;
  return [parent?.id ?? null, child?.id ?? null];
}
