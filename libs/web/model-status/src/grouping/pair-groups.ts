import type { ModelCard } from '@tandem/shared/contracts';

/** A model in its place among those it belongs to. */
export interface GroupedCard {
  readonly card: ModelCard;
  /** How many steps it is derived from what heads its group. */
  readonly depth: number;
  /** What it is derived from, where that is listed too. */
  readonly baseline: ModelCard | undefined;
  /** What is derived from it, in the list's order. */
  readonly derivatives: readonly ModelCard[];
  /** Ids of checkpoints whose row it is as well. */
  readonly standsFor: readonly string[];
}

export interface CardGroup {
  readonly name: string;
  readonly members: readonly GroupedCard[];
}

/** Where a model stands that belongs to no other, in this order. */
const ALONE = ['Baseline', 'Two Delta', 'Local: Pretrained', 'Local: SFT', 'Local: RL', 'Local: Other'];

/** Each baseline with what is derived from it below it, in the list's order; then every other model by its kind. */
export function groupByPair(cards: readonly ModelCard[]): readonly CardGroup[] {
  const doubles = configuredAsWell(cards);
  const shown = cards.filter(({ id }) => !doubles.has(id));
  const byId = new Map(shown.map((card) => [card.id, card]));
  const baselineOf = ({ id, baseline_id }: ModelCard): ModelCard | undefined => {
    if (baseline_id === null) return undefined;
    const baseline = doubles.get(baseline_id) ?? byId.get(baseline_id);
    return baseline?.id === id ? undefined : baseline;
  };
  const derivatives = groupBy(shown, (card) => baselineOf(card)?.id);
  const standsFor = groupBy([...doubles.keys()], (id) => doubles.get(id)?.id);
  const member = (card: ModelCard, depth: number): GroupedCard => ({
    card,
    depth,
    baseline: baselineOf(card),
    derivatives: derivatives.get(card.id) ?? [],
    standsFor: standsFor.get(card.id) ?? [],
  });
  const below = (head: GroupedCard): GroupedCard[] => [head, ...head.derivatives.flatMap((card) => below(member(card, head.depth + 1)))];

  const heads = shown.filter((card) => baselineOf(card) === undefined && derivatives.has(card.id));
  const pairs = heads.map((card): CardGroup => ({ name: nameOf(card), members: below(member(card, 0)) }));
  const placed = new Set(pairs.flatMap(({ members }) => members.map(({ card }) => card.id)));
  // also those that are derived from each other in a circle
  const alone = groupBy(
    shown.filter(({ id }) => !placed.has(id)),
    kindOf,
  );
  const others = ALONE.map((name): CardGroup => ({ name, members: (alone.get(name) ?? []).map((card) => member(card, 0)) }));
  return [...pairs, ...others].filter(({ members }) => members.length > 0);
}

function nameOf({ title }: ModelCard): string {
  return `${title} and what is derived from it`;
}

function kindOf({ role, type }: ModelCard): string {
  if (role === 'baseline') return 'Baseline';
  if (role === 'twodelta') return 'Two Delta';
  return `Local: ${type !== null && ['Pretrained', 'SFT', 'RL'].includes(type) ? type : 'Other'}`;
}

/**
 * The configured model that a checkpoint is, by the checkpoint's id. One that is derived from another over the same file
 * puts an adapter over it, and is another model.
 */
function configuredAsWell(cards: readonly ModelCard[]): ReadonlyMap<string, ModelCard> {
  const configured = groupBy(
    cards.filter(({ role, place }) => role !== 'local' && place === 'local'),
    ({ endpoint }) => endpoint,
  );
  const doubles = new Map<string, ModelCard>();
  for (const { id, role, endpoint } of cards) {
    if (role !== 'local') continue;
    const over = configured.get(endpoint) ?? [];
    const found = over.find(({ baseline_id: base }) => base !== id && !over.some((other) => other.id === base));
    if (found !== undefined) doubles.set(id, found);
  }
  return doubles;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
