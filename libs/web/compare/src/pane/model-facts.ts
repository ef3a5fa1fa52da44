import { type ModelCard, type ModelIdentity, type Price } from '@tandem/shared/contracts';
import { contextLengthOf, describeModel, type ModelOption, sayIdentity } from '@tandem/web/model-status';

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
    ['Kind', describeModel(card, checkpoint)],
    ['Serves', sayIdentity(card, identity)],
    ['Adapter', card.place === 'local' && identity !== null && identity.base !== null ? identity.model : ''],
    ['Endpoint', card.endpoint],
    ['Context', context === null ? '' : `${context.toLocaleString('en')} tokens`],
    ['Price', card.price ? sayPrice(card.price) : ''],
    ['Derived from', baseline ?? ''],
    ['Derivatives', derivatives.join(', ')],
    ['About', card.description ?? ''],
  ];
  return facts.flatMap(([name, words]) => (words === '' ? [] : [{ name, words }]));
}

export function sayPrice({ input, output, currency, unit }: Price): string {
  return `${input} ${currency} read, ${output} ${currency} written, per ${unit}`;
}
