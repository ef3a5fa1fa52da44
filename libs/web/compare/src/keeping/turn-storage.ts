import { type KeptTurn } from '../turn/turn-view';

const KEY = 'tandem.compare.turns.4';

/** A comparison's turns, with the name under which the history knows it. */
export interface KeptComparison {
  readonly id: string;
  readonly turns: readonly KeptTurn[];
  /** How often it was written when this page last knew the history's own; absent before it ever was. */
  readonly revision?: number;
}

/**
 * The turns of this tab's comparison: they outlive a reload and the way back, and end with the tab. Only what can be
 * reached so is given back: a link that is opened begins anew.
 */
export class TurnStorage {
  read(): KeptComparison | undefined {
    if (!isCameBackTo()) return undefined;
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<KeptComparison> | null;
      return typeof kept?.id === 'string' && Array.isArray(kept.turns) ? (kept as KeptComparison) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Tells whether they are kept now: storage may be full, or forbidden. */
  write(kept: KeptComparison): boolean {
    try {
      if (kept.turns.length === 0) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, JSON.stringify(kept));
      return true;
    } catch {
      return kept.turns.length === 0;
    }
  }
}

function isCameBackTo(): boolean {
  const [entry] = (performance.getEntriesByType?.('navigation') ?? []) as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}
