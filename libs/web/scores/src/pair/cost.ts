import { type ModelCard, type Price, type Usage } from '@tandem/shared/contracts';
import { sayAmount, sayPrice } from '@tandem/web/model-status';

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

const SCALES: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000 };

/** What an answer cost, and the price of its model by the million tokens; empty where the price, the tokens or what it is for are not known. */
export function sayCost(card: ModelCard | undefined, usage: Usage | undefined): string {
  const cost = costOf(card, usage);
  const tokens = card?.price ? tokensOf(card.price) : undefined;
  if (!card?.price || cost === undefined || tokens === undefined) return '';
  const factor = 1_000_000 / tokens;
  const price = { ...card.price, input: card.price.input * factor, output: card.price.output * factor, unit: '1M tokens' };
  return `${sayAmount(cost / tokens, price.currency, { maximumSignificantDigits: 3 })} an answer (${sayPrice(price)})`;
}

/** How many tokens it is for. */
function tokensOf({ unit }: Price): number | undefined {
  const [, count, scale = ''] = /^([\d,]{1,12}) ?([km])? ?tokens?$/i.exec(unit.trim()) ?? [];
  const tokens = Number(count?.replaceAll(',', '')) * (SCALES[scale.toLowerCase()] ?? Number.NaN);
  return tokens > 0 ? tokens : undefined;
}
