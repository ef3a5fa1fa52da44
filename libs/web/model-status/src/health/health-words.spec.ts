import { HEALTH_CAUSES, type HealthCause, type HealthReport } from '@tandem/shared/contracts';
import { nameTrouble, sayHealth, sayTrouble } from './health-words';

const NOW = new Date(2026, 10, 21, 14, 37).getTime();
const AT_14_32 = new Date(2026, 10, 21, 14, 32).toISOString();

const report = (more: Partial<HealthReport>): HealthReport => ({
  status: 'unhealthy',
  healthy: false,
  model: 'a',
  endpoint: 'host:1',
  latency_ms: 1,
  checked_at: AT_14_32,
  cause: null,
  last_answer_at: AT_14_32,
  detail: 'Why.',
  hint: 'What to do.',
  identity: null,
  ...more,
});

describe('sayHealth', () => {
  it.each([
    [{ status: 'healthy' }, 'healthy', 'good'],
    [{ status: 'loading' }, 'loading', 'busy'],
    [{ status: 'degraded' }, 'degraded', 'uneasy'],
    [{ status: 'unhealthy' }, 'unhealthy', 'bad'],
    [{ status: 'unknown' }, 'unknown', 'unknown'],
    [{ status: 'unknown', checked_at: null }, 'not checked', 'unknown'],
    [{ cause: 'silent' }, 'silent', 'bad'],
    [{ cause: 'unreachable' }, 'unreachable', 'bad'],
    [{ cause: 'key_refused' }, 'key refused', 'bad'],
    [{ cause: 'key_missing' }, 'key missing', 'bad'],
    [{ status: 'degraded', cause: 'wrong_model' }, 'wrong model', 'uneasy'],
    [{ status: 'degraded', cause: 'answers_fail' }, 'degraded', 'uneasy'],
    [{ status: 'degraded', cause: 'too_busy' }, 'busy', 'uneasy'],
  ] as const)('of %j is “%s”', (more, word, kind) => expect(sayHealth(report(more))).toEqual({ word, kind }));

  it('is unknown before anything was heard', () => expect(sayHealth(undefined)).toEqual({ word: 'unknown', kind: 'unknown' }));

  it('has no mark of health for any cause, and a word that fits beside a name', () => {
    for (const cause of HEALTH_CAUSES) {
      const { word, kind } = sayHealth(report({ cause }));
      expect(['bad', 'uneasy']).toContain(kind);
      expect(word.length).toBeLessThanOrEqual(14);
    }
  });

  it('falls back to the state for a cause of a newer server', () => {
    expect(sayHealth(report({ status: 'degraded', cause: 'on_fire' as HealthCause })).word).toBe('degraded');
  });
});

describe('nameTrouble', () => {
  it.each([
    [{ cause: 'silent' }, 'No answer'],
    [{ cause: 'silent', last_answer_at: null }, 'No answer so far'],
    [{ cause: 'unreachable' }, 'Unreachable'],
    [{ cause: 'key_refused' }, 'Key refused'],
  ] as const)('of %j is “%s”, however long it lasts', (more, name) => expect(nameTrouble(report(more))).toBe(name));
});

describe('sayTrouble', () => {
  it.each([
    [{ cause: 'silent' }, 'No answer since 14:32 (5 min)'],
    [{ cause: 'silent', last_answer_at: null }, 'No answer so far'],
    [{ cause: 'unreachable' }, 'Unreachable since 14:32 (5 min)'],
    [{ cause: 'unreachable', last_answer_at: null }, 'Unreachable'],
    [{ cause: 'key_refused' }, 'Key refused'],
    [{ cause: 'wrong_model' }, 'Wrong model'],
    [{ status: 'degraded', cause: 'answers_fail' }, 'Degraded'],
    [{ status: 'loading' }, 'Loading'],
  ] as const)('of %j is “%s”', (more, title) => expect(sayTrouble(report(more), NOW)).toBe(title));
});
