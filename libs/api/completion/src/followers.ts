import type { Flow } from './completion-source';

/** One who follows a run. */
export interface Following {
  /** Says whether it has so much to take that more need not be made for it alone. */
  lag(isBehind: boolean): void;
  leave(): void;
}

/** As the run sees it. */
interface Follower {
  readonly onNews: () => void;
  isBehind: boolean;
}

/** Those who follow one run: they hear of its frames, and its source waits while all of them are far behind. */
export class Followers {
  private readonly all = new Set<Follower>();
  private flow: Flow | undefined;
  private isHeld = false;

  /** @param onNone is called when the last one leaves */
  constructor(private readonly onNone: () => void) {}

  add(onNews: () => void): Following {
    const follower: Follower = { onNews, isBehind: false };
    this.all.add(follower);
    this.setPace();
    return {
      lag: (isBehind) => {
        if (follower.isBehind === isBehind) return;
        follower.isBehind = isBehind;
        this.setPace();
      },
      leave: () => {
        if (!this.all.delete(follower)) return;
        this.setPace();
        if (this.all.size === 0) this.onNone();
      },
    };
  }

  tell(): void {
    for (const { onNews } of this.all) onNews();
  }

  /** Paces this flow from now on; none once it has ended. */
  pace(flow: Flow | undefined): void {
    this.flow = flow;
    if (this.isHeld) flow?.pause();
  }

  /** Without followers it goes on: whoever comes back finds what they missed. */
  private setPace(): void {
    const isHeld = this.all.size > 0 && [...this.all].every(({ isBehind }) => isBehind);
    if (isHeld === this.isHeld) return;
    this.isHeld = isHeld;
    if (isHeld) this.flow?.pause();
    else this.flow?.resume();
  }
}
