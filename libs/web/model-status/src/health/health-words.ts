import type { HealthCause, HealthReport, HealthState } from '@tandem/shared/contracts';
import { type MarkKind } from '@tandem/web/design';
import { saySince } from './say-since';

export interface SaidHealth {
  /** For a row or beside a name. */
  readonly word: string;
  readonly kind: MarkKind;
}

const STATES: Readonly<Record<HealthState, SaidHealth>> = {
  healthy: { word: 'healthy', kind: 'good' },
  degraded: { word: 'degraded', kind: 'uneasy' },
  loading: { word: 'loading', kind: 'busy' },
  unhealthy: { word: 'unhealthy', kind: 'bad' },
  unknown: { word: 'unknown', kind: 'unknown' },
};

const CAUSES: Readonly<Record<HealthCause, SaidHealth>> = {
  silent: { word: 'silent', kind: 'bad' },
  unreachable: { word: 'unreachable', kind: 'bad' },
  key_missing: { word: 'key missing', kind: 'bad' },
  key_refused: { word: 'key refused', kind: 'bad' },
  wrong_model: { word: 'wrong model', kind: 'uneasy' },
  too_busy: { word: 'busy', kind: 'uneasy' },
  reports_failure: { word: 'unhealthy', kind: 'bad' },
  wrong_address: { word: 'wrong address', kind: 'bad' },
  answers_fail: { word: 'degraded', kind: 'uneasy' },
  unusable_file: { word: 'cannot be used', kind: 'bad' },
};

/** How a model is, in a word and as a mark. A server that is newer than the page may name causes that it does not know. */
export function sayHealth(report: HealthReport | undefined): SaidHealth {
  if (!report || report.checked_at === null) return { word: report ? 'not checked' : 'unknown', kind: 'unknown' };
  return (report.cause && CAUSES[report.cause]) || STATES[report.status];
}

/** What is wrong, in words that hold as long as it does: "Key refused", "No answer". */
export function nameTrouble(report: HealthReport): string {
  if (report.cause === 'silent') return report.last_answer_at === null ? 'No answer so far' : 'No answer';
  return capitalized(sayHealth(report).word);
}

/** The same as a heading, with since when: "No answer since 14:32 (5 min)". */
export function sayTrouble(report: HealthReport, nowMs: number): string {
  const { cause, last_answer_at: since } = report;
  const isDated = (cause === 'silent' || cause === 'unreachable') && since !== null;
  return isDated ? `${nameTrouble(report)} since ${saySince(since, nowMs)}` : nameTrouble(report);
}

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
