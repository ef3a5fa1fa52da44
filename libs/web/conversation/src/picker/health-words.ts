import { type HealthState } from '@tandem/shared/contracts';
import { type MarkKind } from '@tandem/web/design';

/** How each state of health is said and drawn. */
export const HEALTH_WORDS: Readonly<Record<HealthState, { word: string; kind: MarkKind }>> = {
  healthy: { word: 'healthy', kind: 'good' },
  degraded: { word: 'degraded', kind: 'uneasy' },
  loading: { word: 'loading', kind: 'busy' },
  unhealthy: { word: 'unhealthy', kind: 'bad' },
  unknown: { word: 'not checked', kind: 'unknown' },
};
