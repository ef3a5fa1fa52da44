import type { ModelStatus } from '@tandem/shared/contracts';
import { type MarkKind } from '@tandem/web/design';

/** How a local model's state is said and drawn. Without a status it is not loaded. */
export function sayLoadState(status: ModelStatus | undefined): { readonly word: string; readonly kind: MarkKind } {
  switch (status?.status) {
    case undefined:
    case 'unloaded':
      return { word: 'not loaded', kind: 'rest' };
    case 'converting':
      return { word: `converting ${Math.floor((status?.progress ?? 0) * 100)} %`, kind: 'busy' };
    case 'loading':
      return { word: `loading ${Math.floor((status?.progress ?? 0) * 100)} %`, kind: 'busy' };
    case 'loaded':
      return { word: sayLoaded(status?.active_generations ?? 0), kind: 'good' };
    case 'unloading':
      return { word: 'unloading', kind: 'busy' };
    case 'failed':
      return { word: 'failed', kind: 'bad' };
  }
}

function sayLoaded(generations: number): string {
  if (generations === 0) return 'loaded';
  return generations === 1 ? 'answering' : `answering ${generations} requests`;
}
