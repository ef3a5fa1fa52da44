import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Fault, serverRestarting, unknownStream } from '@tandem/api/faults';
import { AnswerQuota, type Client, Departures } from '@tandem/api/http';
import { type Observable, Subject } from 'rxjs';
import { Run, type RunOptions } from './run';
import type { RunRequest } from './run-request';
import type { Target } from './target';

/** How long a run can still be read after its end, in milliseconds. */
const KEPT_MS = 5 * 60_000;
/** Characters over all runs that ended; past it the oldest go before their time. */
const KEPT_CHARACTERS = 64_000_000;
/** Short answers are many. */
const KEPT_RUNS = 5_000;
const SWEEP_MS = 5_000;
/** One that was opened is followed in the next moment, or never. */
const UNFOLLOWED_MS = 1_000;
const LOOK_MS = 20;

export interface Refusal {
  /** Id of the model. */
  readonly model: string;
  readonly fault: Fault;
}

/** Every run by its id: opens them, finds them again, forgets them in time, and ends them all when the server stops. */
@Injectable()
export class RunRegistry implements OnModuleDestroy {
  private readonly runs = new Map<string, Run>();
  private readonly unattended = new Set<Run>();
  private readonly over = new Subject<Run>();
  private readonly refused = new Subject<Refusal>();
  private admitting = 0;
  private isDraining = false;
  private readonly departed;

  constructor(
    departures: Departures,
    private readonly quota: AnswerQuota,
  ) {
    this.departed = departures.all.subscribe((isGone) => {
      for (const run of this.running) if (run.client && isGone(run.client)) run.stop(signedOut());
    });
  }

  onModuleDestroy(): void {
    this.departed.unsubscribe();
  }

  /** Every run, when it has ended. */
  get endings(): Observable<Run> {
    return this.over.asObservable();
  }

  /** What sources did not take. */
  get refusals(): Observable<Refusal> {
    return this.refused.asObservable();
  }

  get running(): readonly Run[] {
    return [...this.runs.values()].filter((run) => run.isRunning);
  }

  /** Those that no person waits for as well. */
  get active(): readonly Run[] {
    return [...this.running, ...[...this.unattended].filter((run) => run.isRunning)];
  }

  open(target: Target, request: RunRequest, options?: RunOptions): Run {
    const run = new Run(target, request, options);
    this.runs.set(run.id, run);
    void run.ended.then(() => this.over.next(run));
    return run;
  }

  /**
   * Opens a run that no person waits for, once its source has taken the request. It is told among the endings; nobody finds it by
   * its id, and the server does not wait for it when it drains.
   * @throws Fault what the source refuses
   */
  async admitUnattended(target: Target, request: RunRequest, left: AbortSignal): Promise<Run> {
    const source = await admitted(target, request, left).catch((thrown: unknown) => {
      if (!left.aborted) this.refused.next({ model: target.card.id, fault: Fault.from(thrown) });
      throw thrown;
    });
    const run = new Run({ ...target, source }, request);
    this.unattended.add(run);
    void run.ended.then(() => {
      this.unattended.delete(run);
      this.over.next(run);
    });
    return run;
  }

  /**
   * Opens a run once its source has taken the request. `left` is aborted when the one who asked is gone.
   * @throws Fault what the source refuses, or the client's quota; then there is no run
   */
  async admit(target: Target, request: RunRequest, left: AbortSignal, options: RunOptions = {}): Promise<Run> {
    if (this.isDraining) throw serverRestarting();
    const giveBack = options.client ? this.quota.take(options.client) : () => undefined;
    this.admitting += 1;
    try {
      const source = await admitted(target, request, left);
      const run = this.open({ ...target, source }, request, options);
      void run.ended.then(giveBack);
      return run;
    } catch (thrown) {
      giveBack();
      this.refused.next({ model: target.card.id, fault: Fault.from(thrown) });
      throw thrown;
    } finally {
      this.admitting -= 1;
    }
  }

  /** A run is there for who opened it, and for nobody else. */
  find(id: string, client: Client): Run | undefined {
    const run = this.runs.get(id);
    return run?.client === undefined || run.client.owner === client.owner ? run : undefined;
  }

  /** @throws Fault `stream_not_found` */
  get(id: string, client: Client): Run {
    const run = this.find(id, client);
    if (!run) {
      throw unknownStream();
    }
    return run;
  }

  /** Forgets the runs that nobody can still be waiting for, oldest first. */
  @Interval(SWEEP_MS)
  sweep(nowMs = performance.now()): void {
    const resting = [...this.runs.values()].filter((run) => !run.isRunning);
    let characters = resting.reduce((sum, run) => sum + run.keptCharacters, 0);
    let count = resting.length;
    for (const run of resting) {
      if (nowMs - run.restingSinceMs <= KEPT_MS && characters <= KEPT_CHARACTERS && count <= KEPT_RUNS) continue;
      characters -= run.keptCharacters;
      count -= 1;
      this.runs.delete(run.id);
    }
  }

  /** Takes nothing new; settles when everything that was taken has ended, or at the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    this.isDraining = true;
    for (const start = performance.now(); this.isBusy() && performance.now() - start < deadlineMs; await delay(LOOK_MS));
  }

  /** Ends every running stream with a fault its client may retry on; settles when all have ended, or at the deadline. */
  async destroy(deadlineMs: number): Promise<void> {
    const { running } = this;
    for (const run of running) run.stop(serverRestarting());
    await Promise.race([Promise.all(running.map((run) => run.ended)), delay(deadlineMs, undefined, { ref: false })]);
  }

  private isBusy(): boolean {
    const isAboutToRun = (run: Run): boolean => !run.hasEnded && performance.now() - run.restingSinceMs < UNFOLLOWED_MS;
    return this.admitting > 0 || [...this.runs.values()].some((run) => run.isRunning || isAboutToRun(run));
  }
}

async function admitted({ source }: Target, request: RunRequest, left: AbortSignal): Promise<Target['source']> {
  return (await source.admit?.(request, left)) ?? source;
}

function signedOut(): Fault {
  return new Fault('unauthorized', 'The session or the token that asked for this answer ended. Sign in, then ask again.');
}
