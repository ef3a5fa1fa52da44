import { type HealthReport, type ModelCard, type ModelIdentity } from '@tandem/shared/contracts';
import { nameIdentity } from '@tandem/web/model-status';

/** A side's model as it is configured, and as it was last seen. */
export interface SeenModel {
  readonly card: ModelCard;
  readonly identity: ModelIdentity | null;
}

export function seen(card: ModelCard | undefined, report: HealthReport | undefined): SeenModel | undefined {
  return card && { card, identity: report?.identity ?? null };
}

/** Why a comparison of these two says nothing; empty where it may. */
export function sameModelWarning(one: SeenModel | undefined, other: SeenModel | undefined): string {
  if (!one || !other) return '';
  if (one.card.id === other.card.id) return `Both sides are ${one.card.title}: choose another model on one of them.`;
  if (one.card.endpoint !== other.card.endpoint || one.card.place === 'local') return '';
  if (one.identity === null || other.identity === null || nameIdentity(one.identity) !== nameIdentity(other.identity)) return '';
  return `Both sides are the same model: the server at ${one.card.endpoint} says it serves ${nameIdentity(one.identity)} for both. Check “model” and the endpoints in the configuration.`;
}

/** What changed between the last turn and now; empty where nothing did, or it cannot be told. */
export function changedModelWarning(side: string, before: SeenModel | undefined, now: SeenModel | undefined): string {
  if (!before?.identity || !now?.identity || before.card.id !== now.card.id || now.card.place === 'local') return '';
  const [was, is] = [nameIdentity(before.identity), nameIdentity(now.identity)];
  if (was === is) return '';
  return `${side}: the server at ${now.card.endpoint} now says it serves ${is}; the last answer came from ${was}. The turns cannot be compared with each other.`;
}

/** Where a link, or the configuration before this one, leads to a model that is not there. */
export function missingModelWarning(side: string, id: string | null, cards: ReadonlyMap<string, ModelCard>): string {
  if (id === null || cards.size === 0 || cards.has(id)) return '';
  return `${side}: no model here is called ${id}, which this link or an earlier choice names. Choose another one.`;
}
