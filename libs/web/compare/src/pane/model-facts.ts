import { type ModelCard, type ModelIdentity } from '@tandem/shared/contracts';
import { contextLengthOf, describeModel, type ModelOption, sayIdentity, sayPrice } from '@tandem/web/model-status';

export interface ModelFact {
  readonly name: string;
  readonly words: string;
}

/** What is known of a side's model, as far as it is. */
export function modelFacts(
  { card, checkpoint, report }: ModelOption,
  identity: ModelIdentity | null,
  cards: ReadonlyMap<string, ModelCard>,
): readonly ModelFact[] {
  const context = contextLengthOf(card, checkpoint, report);
  const baseline = card.baseline_id === null ? undefined : (cards.get(card.baseline_id)?.title ?? card.baseline_id);
  const derivatives = card.derivatives.map((id) => cards.get(id)?.title ?? id);
  const facts: readonly (readonly [string, string])[] = [
    // the endpoint of one elsewhere has a line of its own
    ['Kind', card.place === 'local' ? describeModel(card, checkpoint) : [card.provider, card.type].filter(Boolean).join(' · ') || 'remote'],
    ['Serves', sayIdentity(card, identity)],
    ['Adapter', card.place === 'local' && identity !== null && identity.base !== null ? identity.model : ''],
    ['Endpoint', card.endpoint],
    ['Context', context === null ? '' : `${context.toLocaleString('en')} tokens`],
    ['Price', sayPrice(card.price)],
    ['Derived from', baseline ?? ''],
    ['Derivatives', derivatives.join(', ')],
    ['About', card.description ?? ''],
  ];
  return facts.flatMap(([name, words]) => (words === '' ? [] : [{ name, words }]));
}
