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

/** A model on its way into the memory. */
export interface Coming {
  readonly what: 'converting' | 'loading';
  /** 0 to 1. */
  readonly progress: number;
}

export function comingOf(status: ModelStatus | undefined): Coming | undefined {
  if (status?.status !== 'converting' && status?.status !== 'loading') return undefined;
  return { what: status.status, progress: status.progress ?? 0 };
}

function sayLoaded(generations: number): string {
  if (generations === 0) return 'loaded';
  return generations === 1 ? 'answering' : `answering ${generations} requests`;
}
