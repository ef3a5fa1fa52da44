import { computed, signal } from '@angular/core';
import { Latest, type RunDetail, type RunFault, type RunProgress, type RunRequests } from '@tandem/web/data-access';
import { faultOf } from '../words/fault-of';
import { isOver, sayCounts } from '../words/say-run';

/** How often the figures of a run that goes on are asked for at most, in milliseconds. */
const FIGURES_MS = 2_000;

export type RunAction = 'pause' | 'resume' | 'cancel';

/** One run as it is, and how it gets on: followed until it is over, or the watch is closed. */
export class RunWatch {
  private readonly _run = signal<RunDetail | undefined>(undefined);
  private readonly _fault = signal<RunFault | undefined>(undefined);
  private readonly _refusal = signal('');
  private readonly _isActing = signal(false);
  private readonly stream;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readAtMs = Number.NEGATIVE_INFINITY;
  private isClosed = false;
  private readonly latest = new Latest();

  /** Undefined until it is known. */
  readonly run = this._run.asReadonly();
  /** Why it cannot be known. */
  readonly fault = this._fault.asReadonly();
  /** Why the last thing that was asked of it was not done; empty where it was. */
  readonly refusal = this._refusal.asReadonly();
  readonly isActing = this._isActing.asReadonly();
  /** Of the items that were asked when the figures were read: what is shown of them is as old. */
  readonly answered = computed(() => {
    const run = this.read();
    return run ? run.counts.done + run.counts.failed : 0;
  });
  private readonly read = signal<RunDetail | undefined>(undefined);

  constructor(
    private readonly requests: RunRequests,
    private readonly id: string,
  ) {
    this.stream = requests.follow(id, (progress) => this.take(progress));
    void this.load();
  }

  async load(): Promise<void> {
    this.readAtMs = performance.now();
    const isLatest = this.latest.begin();
    try {
      const run = await this.requests.get(this.id);
      if (this.isClosed || !isLatest()) return;
      this._fault.set(undefined);
      this._run.set(run);
      this.read.set(run);
      if (isOver(run.state)) this.stream.close();
    } catch (failure) {
      // what is known goes on being shown: a missed look must not take the page away
      if (!this._run()) this._fault.set(faultOf(failure));
    }
  }

  async act(action: RunAction): Promise<void> {
    if (this._isActing()) return;
    this._isActing.set(true);
    this._refusal.set('');
    try {
      const card = await this.requests.act(this.id, action);
      this._run.update((run) => run && { ...run, ...card });
    } catch (failure) {
      this._refusal.set(faultOf(failure).message);
      await this.load();
    }
    this._isActing.set(false);
  }

  /** Whether it is gone. */
  async remove(): Promise<boolean> {
    this._refusal.set('');
    try {
      await this.requests.remove(this.id);
      return true;
    } catch (failure) {
      this._refusal.set(faultOf(failure).message);
      return false;
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.stream.close();
  }

  private take({ state, counts }: RunProgress): void {
    const read = this.read();
    if (read?.state === state && sayCounts(read.counts) === sayCounts(counts)) return;
    this._run.update((run) => run && { ...run, state, counts });
    if (isOver(state)) this.stream.close();
    clearTimeout(this.timer);
    const waitMs = isOver(state) ? 0 : Math.max(0, this.readAtMs + FIGURES_MS - performance.now());
    this.timer = setTimeout(() => void this.load(), waitMs);
  }
}
