import { computed, signal } from '@angular/core';
import type { RunCard } from '@tandem/shared/contracts';
import { type RunFault, type RunRequests } from '@tandem/web/data-access';
import { faultOf } from '../words/fault-of';
import { isOver } from '../words/say-run';

/** The runs there are, newest first, as far as they were asked for. */
export class RunList {
  private readonly _runs = signal<readonly RunCard[] | undefined>(undefined);
  private readonly _fault = signal<RunFault | undefined>(undefined);
  private readonly _refusal = signal('');
  private readonly next = signal<string | null>(null);
  /** Those that an answer may still name that was on its way when they were deleted. */
  private readonly removed = new Set<string>();
  private isReadingOn = false;
  private looking: Promise<void> | undefined;

  constructor(private readonly requests: Pick<RunRequests, 'list' | 'remove'>) {}

  /** Undefined until they are known. */
  readonly runs = this._runs.asReadonly();
  /** Why they cannot be known. */
  readonly fault = this._fault.asReadonly();
  /** Why the last thing that was asked of them was not done; empty where it was. */
  readonly refusal = this._refusal.asReadonly();
  readonly hasMore = computed(() => this.next() !== null);
  /** Whether one of them goes on. */
  readonly isMoving = computed(() => this._runs()?.some(({ state }) => !isOver(state) && state !== 'paused') ?? false);

  async load(): Promise<void> {
    this._fault.set(undefined);
    try {
      this.put(await this.requests.list(null));
    } catch (failure) {
      this._fault.set(faultOf(failure));
    }
  }

  /** The next page; one at a time. */
  async more(): Promise<void> {
    const cursor = this.next();
    if (cursor === null || this.isReadingOn) return;
    this.isReadingOn = true;
    this._refusal.set('');
    try {
      const { runs, next_cursor } = await this.requests.list(cursor);
      this._runs.update((known = []) => this.withoutRemoved([...known, ...runs]));
      this.next.set(next_cursor);
    } catch (failure) {
      this._refusal.set(faultOf(failure).message);
    } finally {
      this.isReadingOn = false;
    }
  }

  /** How the newest are now; what stands below them stays. What cannot be heard is left as it was. One look at a time. */
  look(): Promise<void> {
    this.looking ??= this.readNewest().finally(() => (this.looking = undefined));
    return this.looking;
  }

  /** Whether it is gone. */
  async remove(id: string): Promise<boolean> {
    this._refusal.set('');
    try {
      await this.requests.remove(id);
      this.removed.add(id);
      this._runs.update((runs = []) => runs.filter((run) => run.id !== id));
      return true;
    } catch (failure) {
      this._refusal.set(faultOf(failure).message);
      return false;
    }
  }

  private async readNewest(): Promise<void> {
    const newest = await this.requests.list(null).catch(() => undefined);
    const known = this._runs();
    if (!newest || !known) return;
    if (known.length <= newest.runs.length) return this.put(newest);
    const last = newest.runs.at(-1)?.id ?? '';
    this._runs.set(this.withoutRemoved([...newest.runs, ...known.filter(({ id }) => id < last)]));
  }

  private put({ runs, next_cursor }: Awaited<ReturnType<RunRequests['list']>>): void {
    this._runs.set(this.withoutRemoved(runs));
    this.next.set(next_cursor);
  }

  private withoutRemoved(runs: readonly RunCard[]): readonly RunCard[] {
    return runs.filter(({ id }) => !this.removed.has(id));
  }
}
