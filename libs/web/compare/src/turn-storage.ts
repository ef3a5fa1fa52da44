import { type KeptTurn } from './pane/pane-turn';
import { type Side, SIDES } from './pane/sides';

const KEY = 'tandem.compare.turns.3';

export type KeptTurns = Readonly<Record<Side, readonly KeptTurn[]>>;

/**
 * The turns of this tab's comparison: they outlive a reload and the way back, and end with the tab. Only what can be
 * reached so is given back: a link that is opened begins anew.
 */
export class TurnStorage {
  read(): KeptTurns | undefined {
    if (!isCameBackTo()) return undefined;
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<KeptTurns> | null;
      return kept && SIDES.every((side) => Array.isArray(kept[side])) ? (kept as KeptTurns) : undefined;
    } catch {
      return undefined;
    }
  }

  write(turns: KeptTurns): void {
    try {
      if (SIDES.every((side) => turns[side].length === 0)) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, JSON.stringify(turns));
    } catch {
      // full or forbidden: the turns last as long as the page
    }
  }
}

function isCameBackTo(): boolean {
  const [entry] = (performance.getEntriesByType?.('navigation') ?? []) as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}
