import type { HealthReport, ModelCard } from '@tandem/shared/contracts';
import { type MarkKind } from '@tandem/web/design';
import { CANNOT_BE_CONVERTED } from '../checkpoint/conversion-words';
import { capitalized, sayHealth, sayTrouble } from './health-words';
import { sayContextGap } from './identity-words';

/** One thing that a person should know of a model before asking it: what, why, and what to do. */
export interface HealthNote {
  readonly mark: MarkKind;
  readonly title: string;
  readonly text: string;
  /** Whether another look at the model may find it different. */
  readonly canCheck: boolean;
}

/** What there is to know; nothing of a model that is well, or of which nobody knows how it is. */
export function notesOf(card: ModelCard, report: HealthReport | undefined, nowMs: number, isUnconvertible = false): readonly HealthNote[] {
  if (!report || report.checked_at === null) return [];
  const gap = sayContextGap(card, report.identity);
  return [
    ...(report.healthy || report.status === 'unknown' ? [] : [troubleOf(card, report, nowMs, isUnconvertible)]),
    ...(gap ? [{ mark: 'uneasy' as const, title: 'Context length differs', text: gap, canCheck: false }] : []),
  ].filter((note) => note !== undefined);
}

function troubleOf({ place }: ModelCard, report: HealthReport, nowMs: number, isUnconvertible: boolean): HealthNote | undefined {
  const isLocal = place === 'local';
  // of a file that is being loaded its pane shows how far it is
  if (isLocal && report.status === 'loading') return undefined;
  const title = isUnconvertible ? capitalized(CANNOT_BE_CONVERTED) : sayTrouble(report, nowMs);
  return { mark: sayHealth(report).kind, title, text: reasonOf(report), canCheck: !isLocal };
}

/** Why a model is as it is, and what to do. */
export function reasonOf({ detail, hint }: HealthReport): string {
  return [detail, hint].filter(Boolean).join(' ');
}
