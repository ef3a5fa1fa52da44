import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Fault } from '@tandem/api/platform';
import { Run, type RunOptions, type RunRequest } from './run';
import type { Target } from './target';

/** How long a run can still be read after its end, in milliseconds. */
const KEPT_MS = 5 * 60_000;
/** Characters over all runs that ended; past it the oldest go before their time. */
const KEPT_CHARACTERS = 64_000_000;
const SWEEP_MS = 5_000;

/** Every run by its id: opens them, finds them again, forgets them in time, and ends them all when the server stops. */
@Injectable()
export class RunRegistry {
  private readonly runs = new Map<string, Run>();

  open(target: Target, request: RunRequest, options?: RunOptions): Run {
    const run = new Run(target, request, options);
    this.runs.set(run.id, run);
    return run;
  }

  /**
   * Opens a run once its source has taken the request. `left` is aborted when the one who asked is gone.
   * @throws Fault what the source refuses; then there is no run
   */
  async admit(target: Target, request: RunRequest, left: AbortSignal, options?: RunOptions): Promise<Run> {
    const source = (await target.source.admit?.(request, left)) ?? target.source;
    return this.open({ ...target, source }, request, options);
  }

  find(id: string): Run | undefined {
    return this.runs.get(id);
  }

  /** @throws Fault `stream_not_found` */
  get(id: string): Run {
    const run = this.find(id);
    if (!run) {
      throw new Fault('stream_not_found', 'No stream has this id. Streams are kept for 5 minutes after they end; send the prompt again.', {
        param: 'stream_id',
      });
    }
    return run;
  }

  /** Forgets the runs that nobody can still be waiting for, oldest first. */
  @Interval(SWEEP_MS)
  sweep(now = Date.now()): void {
    const resting = [...this.runs.values()].filter((run) => !run.isRunning);
    let characters = resting.reduce((sum, run) => sum + run.keptCharacters, 0);
    for (const run of resting) {
      if (now - run.restingSince <= KEPT_MS && characters <= KEPT_CHARACTERS) continue;
      characters -= run.keptCharacters;
      this.runs.delete(run.id);
    }
  }

  /** Ends every running stream with a fault its client may retry on; settles when all have ended, or at the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    const running = [...this.runs.values()].filter((run) => run.isRunning);
    for (const run of running) {
      run.stop(new Fault('server_restarting', 'The server is restarting. Send the prompt again in a moment.', { retryable: true }));
    }
    await Promise.race([Promise.all(running.map((run) => run.ended)), delay(deadlineMs, undefined, { ref: false })]);
  }
}
