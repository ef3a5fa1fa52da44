import { Injectable } from '@nestjs/common';
import { Observable, ReplaySubject, takeUntil } from 'rxjs';
import { serverRestarting } from '@tandem/api/faults';

type Phase = 'serving' | 'leaving' | 'draining';

/**
 * Whether this process takes new work. Once it leaves it says so to whoever asks, and takes what still comes; once it
 * drains it takes nothing new. There is no way back.
 */
@Injectable()
export class Readiness {
  private phase: Phase = 'serving';
  private missing: string | null = null;
  private readonly drained = new ReplaySubject<void>(1);

  /** Whether requests should go elsewhere from now on. */
  get isLeaving(): boolean {
    return this.phase !== 'serving';
  }

  get isDraining(): boolean {
    return this.phase === 'draining';
  }

  /** Why there is nothing yet that could be asked; null where there is. */
  get missingConfig(): string | null {
    return this.missing;
  }

  noteConfig(missing: string | null): void {
    this.missing = missing;
  }

  startLeaving(): void {
    if (this.phase === 'serving') this.phase = 'leaving';
  }

  startDraining(): void {
    this.phase = 'draining';
    this.drained.next();
  }

  /** @throws Fault `server_restarting` while it drains */
  refuseNewWork(): void {
    if (!this.isDraining) return;
    throw serverRestarting();
  }

  /** Events that nobody waits to see the end of: they end when it drains. @throws Fault `server_restarting` where it does already */
  untilDraining<T>(events: Observable<T>): Observable<T> {
    this.refuseNewWork();
    return events.pipe(takeUntil(this.drained));
  }
}
