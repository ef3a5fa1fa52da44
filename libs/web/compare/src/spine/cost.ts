import { type ModelCard, type Usage } from '@tandem/shared/contracts';

/** What an answer cost, in the price's currency times its unit; undefined where that cannot be known. */
export function costOf(card: ModelCard | undefined, usage: Usage | undefined): number | undefined {
  if (!card?.price || !usage) return undefined;
  return usage.prompt_tokens * card.price.input + usage.completion_tokens * card.price.output;
}

/** How much more one answer cost than another, as a part of that; undefined where the prices cannot be compared. */
export function costRatio(
  one: { readonly card: ModelCard | undefined; readonly usage: Usage | undefined },
  other: { readonly card: ModelCard | undefined; readonly usage: Usage | undefined },
): number | undefined {
  const isComparable = one.card?.price?.currency === other.card?.price?.currency && one.card?.price?.unit === other.card?.price?.unit;
  const [cost, otherCost] = [costOf(one.card, one.usage), costOf(other.card, other.usage)];
  return isComparable && cost && otherCost !== undefined ? otherCost / cost - 1 : undefined;
}
