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
    detail: 'Not checked yet.',
    hint: '',
    identity: null,
  };
}

/** What a check finds that had no answer in time. */
export function lateFinding(deadlineMs: number): HealthFinding {
  return {
    status: 'unhealthy',
    detail: `No answer within ${deadlineMs / 1000} s.`,
    hint: 'Check that the model server runs, can be reached and is not overloaded.',
  };
}

export function reportOf(
  { id, endpoint }: HealthSubject,
  finding: HealthFinding,
  latencyMs: number,
  at: Date,
): HealthReport {
  return {
    status: finding.status,
    healthy: finding.status === 'healthy',
    model: id,
    endpoint,
    latency_ms: Math.round(latencyMs * 10) / 10,
    checked_at: at.toISOString(),
    detail: finding.detail,
    hint: finding.hint,
    identity: finding.identity ?? null,
  };
}

/** Whether somebody who watches needs to be told. A new latency alone is no news. */
export function isNews(before: HealthReport | undefined, now: HealthReport): boolean {
  return before?.status !== now.status || before.detail !== now.detail || before.endpoint !== now.endpoint || JSON.stringify(before.identity) !== JSON.stringify(now.identity);
}
