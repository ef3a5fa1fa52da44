import type { GroupedCard } from '@tandem/web/model-status';

/** Where a model is compared: the query of Compare's address, which chooses the pair. */
export interface CompareLink {
  readonly query: { readonly baseline?: string; readonly twodelta?: string };
  readonly label: string;
}

/** With what it is derived from, else with what is derived from it first; alone on its side where it belongs to nobody. */
export function compareLinkOf({ card, baseline, derivatives: [derivative] }: Pick<GroupedCard, 'card' | 'baseline' | 'derivatives'>): CompareLink {
  const { id, title, role, type } = card;
  if (baseline) return { query: { baseline: baseline.id, twodelta: id }, label: `Compare ${title} with ${baseline.title}` };
  if (derivative) return { query: { baseline: id, twodelta: derivative.id }, label: `Compare ${title} with ${derivative.title}` };
  const isBaseline = role === 'baseline' || (role === 'local' && type === 'Pretrained');
  return { query: isBaseline ? { baseline: id } : { twodelta: id }, label: `Compare ${title} with another` };
}
