import type { Activity } from './process-activity';

/** A tick that comes so late says that this process has to wait for the processor as well. */
const LATE = 1.5;
/** What a second counts that says little: it waited for a disk, or rests although it computed; or nothing is known of it and the machine is busy. */
const UNSURE = 0.25;

/**
 * How long a process has said nothing although it could have. A second counts in full where it did nothing or computed
 * all the time, and by the share of it that it was given a processor where others took that: who starves is not hung.
 */
export class Silence {
  private seconds = 0;
  private ticks = 0;
  private before: Activity | null = null;
  private tickedAtMs: number | null = null;

  /** `tickMs` lie between two ticks. `activity`: null where nobody knows. */
  constructor(
    private readonly tickMs: number,
    private readonly activity: () => Activity | null,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Since it was last heard, however it was kept from speaking. */
  get length(): number {
    return this.ticks;
  }

  isLongerThan(ticks: number): boolean {
    return this.seconds >= ticks;
  }

  heard(): void {
    this.seconds = 0;
    this.ticks = 0;
    this.before = null;
  }

  /** Ticks are counted instead of comparing clocks: if this process was suspended as well, nobody was silent. */
  tick(): void {
    const now = this.nowMs();
    const isLate = this.tickedAtMs !== null && now - this.tickedAtMs > LATE * this.tickMs;
    this.tickedAtMs = now;
    const activity = this.activity();
    this.seconds += this.weightOf(activity, isLate);
    this.ticks++;
    this.before = activity;
  }

  private weightOf(activity: Activity | null, isLate: boolean): number {
    if (activity === null) return isLate ? UNSURE : 1;
    if (this.before === null) return 1;
    const share = Math.min(1, (activity.cpuMs - this.before.cpuMs) / this.tickMs);
    if (activity.pastime === 'waiting') return share;
    return activity.pastime === 'reading' || share > 0 ? Math.max(share, UNSURE) : 1;
  }
}
