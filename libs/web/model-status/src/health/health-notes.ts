import type { HealthReport, ModelCard } from '@tandem/shared/contracts';
import { type MarkKind } from '@tandem/web/design';
import { CANNOT_BE_CONVERTED } from '../checkpoint/conversion-words';
import { capitalized, nameTrouble, sayHealth, sayTrouble } from './health-words';
import { sayContextGap } from './identity-words';

const CONTEXT_DIFFERS = 'Context length differs';

/** One thing that a person should know of a model before asking it: what, why, and what to do. */
export interface HealthNote {
  readonly mark: MarkKind;
  /** What it is, in words that do not change while it lasts. */
  readonly name: string;
  /** The same with since when. */
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
    ...(gap ? [{ mark: 'uneasy' as const, name: CONTEXT_DIFFERS, title: CONTEXT_DIFFERS, text: gap, canCheck: false }] : []),
  ].filter((note) => note !== undefined);
}

function troubleOf({ place }: ModelCard, report: HealthReport, nowMs: number, isUnconvertible: boolean): HealthNote | undefined {
  const isLocal = place === 'local';
  // of a file that is being loaded its pane shows how far it is
  if (isLocal && report.status === 'loading') return undefined;
  const name = isUnconvertible ? capitalized(CANNOT_BE_CONVERTED) : nameTrouble(report);
  const title = isUnconvertible ? name : sayTrouble(report, nowMs);
  return { mark: sayHealth(report).kind, name, title, text: reasonOf(report), canCheck: !isLocal };
}

/** Why a model is as it is, and what to do. */
export function reasonOf({ detail, hint }: HealthReport): string {
  return [detail, hint].filter(Boolean).join(' ');
}
