import type { HealthFinding } from '@tandem/shared/contracts';
import type { RemoteEndpoint } from '../connection/remote-endpoint';
import type { Trouble } from '../source/confidence';
import { CORRECT_KEY, findingOf, SET_KEY } from './judge-probe';

/** A finding in the light of how the last answers went: a green health route proves nothing about those. */
export function judgeTrouble(finding: HealthFinding, trouble: Trouble | null, { apiKey }: Pick<RemoteEndpoint, 'apiKey'>): HealthFinding {
  if (trouble === null || (finding.status !== 'healthy' && finding.status !== 'unknown')) return finding;
  const last = findingOf(trouble.fault, 'it');
  if (trouble.cause === 'key_refused') {
    const words = apiKey === undefined ? ({ cause: 'key_missing', hint: SET_KEY } as const) : ({ cause: 'key_refused', hint: CORRECT_KEY } as const);
    return { ...finding, ...words, status: 'unhealthy', detail: `Its checks pass, but prompts do not: ${last}` };
  }
  return {
    ...finding,
    status: 'degraded',
    cause: 'answers_fail',
    detail: `Its checks pass, but its last answers failed: ${last}`,
    hint: 'Look into its log. Tandem lets it rest for some seconds, then tries it with the next prompt.',
  };
}

/** Of a server that hears no check while it is in the middle of an answer. */
export const ANSWERING: HealthFinding = {
  status: 'degraded',
  cause: 'too_busy',
  detail: 'It is giving an answer, and hears no checks meanwhile.',
  hint: 'A server that does one thing at a time does so: wait until that answer has ended.',
};
