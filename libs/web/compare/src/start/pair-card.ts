import { type ModelCard } from '@tandem/shared/contracts';
import { contextLengthOf, type ModelOption, sayPrice } from '@tandem/web/model-status';

/** How two models belong together, in a sentence. */
export function sayRelation(left: ModelCard, right: ModelCard): string {
  if (left.id === right.id) return 'The same model on both sides: choose another one above.';
  if (right.baseline_id === left.id) return `${right.title} derives from ${left.title}.`;
  if (left.baseline_id === right.id) return `${left.title} derives from ${right.title}.`;
  if (left.baseline_id !== null && left.baseline_id === right.baseline_id) return 'Both derive from the same model.';
  return 'Neither names the other as its baseline.';
}

/** What of a model matters before it is asked: how it is, how much fits into it, what it costs. */
export function sayModel({ health, card, checkpoint, report }: ModelOption): string {
  const context = contextLengthOf(card, checkpoint, report);
  const parts = [health, context === null ? '' : `${context.toLocaleString('en')} tokens of context`, sayPrice(card.price)];
  return parts.filter(Boolean).join(' · ');
}
