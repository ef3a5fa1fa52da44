import { isDeepStrictEqual } from 'node:util';
import type { HealthFinding, HealthReport } from '@tandem/shared/contracts';
import type { HealthSubject } from './health-directory';

/** The report on a model that nobody has looked at yet. */
export function uncheckedReport({ id, endpoint }: HealthSubject): HealthReport {
  return {
    status: 'unknown',
    healthy: false,
    model: id,
    endpoint,
    latency_ms: null,
    checked_at: null,
    cause: null,
    last_answer_at: null,
    detail: 'Not checked yet.',
    hint: '',
    identity: null,
  };
}

/** What a check finds that had no answer in time. */
export function lateFinding(deadlineMs: number): HealthFinding {
  return {
    status: 'unhealthy',
    cause: 'silent',
    detail: `The last check got no answer within ${deadlineMs / 1000} s.`,
    hint: 'Check that the model server runs, can be reached and is not overloaded.',
  };
}

export interface CheckFacts {
  readonly latencyMs: number;
  readonly at: Date;
  /** The last report on the same endpoint. */
  readonly before: HealthReport | undefined;
}

/** What was found, with what is still known from before: a check that says nothing of the identity leaves it as it was. */
export function reportOf(
  { id, endpoint }: Pick<HealthSubject, 'id' | 'endpoint'>,
  finding: HealthFinding,
  { latencyMs, at, before }: CheckFacts,
): HealthReport {
  const cause = finding.cause ?? null;
  return {
    status: finding.status,
    healthy: finding.status === 'healthy',
    model: id,
    endpoint,
    latency_ms: Math.round(latencyMs * 10) / 10,
    checked_at: at.toISOString(),
    cause,
    last_answer_at: cause === 'silent' || cause === 'unreachable' ? (before?.last_answer_at ?? null) : at.toISOString(),
    detail: finding.detail,
    hint: finding.hint,
    identity: finding.identity === undefined ? (before?.identity ?? null) : finding.identity,
  };
}

/** Whether somebody who watches needs to be told. That it was looked at again is no news. */
export function isNews(before: HealthReport | undefined, now: HealthReport): boolean {
  return before === undefined || !isDeepStrictEqual(lasting(before), lasting(now));
}

function lasting({ latency_ms: _, checked_at: __, last_answer_at: ___, ...report }: HealthReport): object {
  return report;
}
