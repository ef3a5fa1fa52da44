import { computed, effect, Service, signal } from '@angular/core';
import { type SideId, SIDES } from '../side/sides';

const KEY = 'tandem.compare.layout';

/** A pane that is dragged narrower than this part of the page is folded away. */
const NARROWEST = 0.15;

interface KeptLayout {
  readonly split: number;
  readonly isStacked: boolean;
  readonly isHistoryShown: boolean;
}

/** How the panes share the page; outlives it where it can. */
@Service()
export class Layout {
  private readonly kept = read();
  private readonly _split = signal(this.kept.split);

  /** The left pane's part of the width: 0 and 1 fold one of them away. */
  readonly split = this._split.asReadonly();
  /** The pane in view where there is room for one. */
  readonly shown = signal<SideId>(SIDES[0]?.id ?? '');
  /** Whether a narrow page shows both answers of a turn, one below the other. */
  readonly isStacked = signal(this.kept.isStacked);
  /** Whether the list of comparisons stands beside them. */
  readonly isHistoryShown = signal(this.kept.isHistoryShown);
  readonly folded = computed(() => (this.split() === 0 ? SIDES[0]?.id : this.split() === 1 ? SIDES[1]?.id : undefined));

  constructor() {
    effect(() => keep({ split: this.split(), isStacked: this.isStacked(), isHistoryShown: this.isHistoryShown() }));
  }

  setSplit(split: number): void {
    this._split.set(split < NARROWEST ? 0 : split > 1 - NARROWEST ? 1 : split);
  }

  /** Gives one pane the width, or both their halves again. */
  widen(side: SideId): void {
    const whole = side === SIDES[0]?.id ? 1 : 0;
    this._split.update((split) => (split === whole ? 0.5 : whole));
  }
}

function read(): KeptLayout {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<KeptLayout>;
    const isSound = typeof kept.split === 'number' && kept.split >= 0 && kept.split <= 1;
    return { split: isSound ? (kept.split ?? 0.5) : 0.5, isStacked: kept.isStacked === true, isHistoryShown: kept.isHistoryShown === true };
  } catch {
    return { split: 0.5, isStacked: false, isHistoryShown: false };
  }
}

function keep(layout: KeptLayout): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(layout));
  } catch {
    // storage is blocked: the layout lasts as long as the page
  }
}
