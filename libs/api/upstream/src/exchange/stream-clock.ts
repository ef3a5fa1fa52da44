import { Fault, fellSilent } from '@tandem/api/faults';
import type { Deadlines } from '../connection/deadlines';

/** Not a failure: everything was said, the connection is no longer of use. */
export const ENOUGH = new Error('The answer is over.');

/**
 * The clocks of one streamed answer: silence, total, and how long to stay after its end. Owns their timers, calls
 * `stop` with the reason when one runs out; whoever made it calls `clear`.
 */
export class StreamClock {
  private readonly silence: NodeJS.Timeout;
  private readonly total: NodeJS.Timeout | undefined;
  private leaving: NodeJS.Timeout | undefined;
  private isHeld = false;

  constructor(
    private readonly stop: (reason: Error) => void,
    { silenceMs, totalMs }: Pick<Deadlines, 'silenceMs' | 'totalMs'>,
    host: string,
  ) {
    this.silence = setTimeout(() => {
      if (this.isHeld) return this.restartSilence();
      stop(new Fault('upstream_idle', fellSilent(host, silenceMs / 1000), { retryable: true }));
    }, silenceMs);
    if (!Number.isFinite(totalMs)) return;
    this.total = setTimeout(() => {
      const told = { server: host, what: `did not finish its answer within ${totalMs / 1000} s` };
      stop(new Fault('upstream_timeout', told, { retryable: true }));
    }, totalMs);
  }

  /** Content came. */
  restartSilence(): void {
    this.silence.refresh();
    this.leaving?.refresh();
  }

  /** Whether silence is our own wish meanwhile. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    this.restartSilence();
  }

  /** Everything was said, as far as the server tells: goes once nothing came for so long. A second call sets the time anew. */
  leaveWithin(ms: number): void {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => (this.isHeld ? this.leaving?.refresh() : this.stop(ENOUGH)), ms);
  }

  /** There is more to come after all. */
  stay(): void {
    clearTimeout(this.leaving);
    this.leaving = undefined;
  }

  clear(): void {
    for (const timer of [this.silence, this.total, this.leaving]) clearTimeout(timer);
  }
}
