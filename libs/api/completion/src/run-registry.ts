import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Fault } from '@tandem/api/platform';
import { Run, type RunOptions, type RunRequest } from './run';
import type { Target } from './target';

/** How long a finished run can still be read, in milliseconds. */
const KEPT_MS = 5 * 60_000;
/** Characters over all kept runs; past it the oldest finished ones go. */
const KEPT_CHARACTERS = 64_000_000;

/** Every run by its id: opens them, finds them again, and ends them all when the server stops. */
@Injectable()
export class RunRegistry {
  private readonly runs = new Map<string, Run>();
  private readonly expiries = new Map<string, NodeJS.Timeout>();

  open(target: Target, request: RunRequest, options?: RunOptions): Run {
    const run = new Run(target, request, options);
    this.runs.set(run.id, run);
    return run;
  }

  find(id: string): Run | undefined {
    return this.runs.get(id);
  }

  get(id: string): Run {
    const run = this.find(id);
    if (!run) {
      throw new Fault('stream_not_found', 'No stream has this id. Streams are kept for 5 minutes after they end; send the prompt again.', {
        param: 'stream_id',
      });
    }
    return run;
  }

  /** Called when the response of a run's opener is over: starts the clock after which the run is forgotten. */
  release(run: Run): void {
    clearTimeout(this.expiries.get(run.id));
    const expiry = setTimeout(() => this.forget(run), KEPT_MS);
    expiry.unref();
    this.expiries.set(run.id, expiry);
    this.shrink();
  }

  /** Ends every running stream with a fault its client may retry on; settles when all have ended, or at the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    const running = [...this.runs.values()].filter((run) => run.isRunning);
    for (const run of running) {
      run.stop(new Fault('server_restarting', 'The server is restarting. Send the prompt again in a moment.', { retryable: true }));
    }
    for (const expiry of this.expiries.values()) clearTimeout(expiry);
    this.expiries.clear();
    await Promise.race([Promise.all(running.map((run) => run.ended)), delay(deadlineMs, undefined, { ref: false })]);
  }

  private forget(run: Run): void {
    if (!run.hasEnded) {
      this.release(run);
      return;
    }
    clearTimeout(this.expiries.get(run.id));
    this.expiries.delete(run.id);
    this.runs.delete(run.id);
  }

  private shrink(): void {
    let kept = 0;
    for (const run of this.runs.values()) kept += run.keptCharacters;
    for (const run of this.runs.values()) {
      if (kept <= KEPT_CHARACTERS) return;
      if (!run.hasEnded) continue;
      kept -= run.keptCharacters;
      this.forget(run);
    }
  }
}
