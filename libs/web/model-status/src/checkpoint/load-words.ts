import type { ModelStatus } from '@tandem/shared/contracts';
import { type MarkKind, sayProgress } from '@tandem/web/design';

/** How a local model's state is said and drawn. Without a status it is not loaded. */
export function sayLoadState(status: ModelStatus | undefined): { readonly word: string; readonly kind: MarkKind } {
  switch (status?.status) {
    case undefined:
    case 'unloaded':
      return { word: 'not loaded', kind: 'rest' };
    case 'converting':
    case 'loading':
      return { word: sayProgress(status?.status ?? '', status?.progress ?? 0), kind: 'busy' };
    case 'loaded':
      return { word: sayLoaded(status?.active_generations ?? 0), kind: 'good' };
    case 'unloading':
      return { word: 'unloading', kind: 'busy' };
    case 'failed':
      return { word: 'failed', kind: 'bad' };
  }
}

/** Whether it is on its way into the memory. */
export function isComing(status: ModelStatus | undefined): boolean {
  return status?.status === 'converting' || status?.status === 'loading';
}

function sayLoaded(generations: number): string {
  if (generations === 0) return 'loaded';
  return generations === 1 ? 'answering' : `answering ${generations} requests`;
}
