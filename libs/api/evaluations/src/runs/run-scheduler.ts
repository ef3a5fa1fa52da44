import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import { Readiness } from '@tandem/api/http';
import { Store } from '@tandem/api/store';
import { Rounds } from '@tandem/shared/concurrency';
import { NEVER, type Subscription } from 'rxjs';
import { ItemWork } from './item-work';
import { RunRecords } from './run-records';
import { RunWork } from './run-work';

/** Runs that are worked on beside each other; the others wait, oldest first. */
const AT_ONCE = 2;
/** How often a server says that it is still at work, and looks for runs that nobody works on, in milliseconds. */
const ROUND_MS = 2_000;
/** For how long a run is a server's after it last said so: another takes it over then. */
const OWNED_MS = 15_000;

/**
 * Has runs worked on: the oldest first, again after a restart, and no two servers on one. What the store says of a run is what
 * holds; other servers may change it.
 */
@Injectable()
export class RunScheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Runs');
  private readonly me = randomUUID();
  private readonly works = new Map<string, RunWork>();
  private readonly following = new Set<Promise<void>>();
  private readonly rounds = new Rounds(
    () => this.look(),
    () => ROUND_MS,
  );
  private readonly subscriptions: Subscription[] = [];
  private looking: Promise<void> | undefined;
  private lookingAgain: Promise<void> | undefined;

  constructor(
    private readonly records: RunRecords,
    private readonly items: ItemWork,
    private readonly store: Store,
    private readonly readiness: Readiness,
  ) {}

  onApplicationBootstrap(): void {
    this.subscriptions.push(this.store.openings.subscribe(() => void this.takeOver()));
    this.subscriptions.push(this.readiness.untilDraining(NEVER).subscribe({ complete: () => this.stopAll() }));
    this.rounds.wait();
  }

  async onModuleDestroy(): Promise<void> {
    this.rounds.close();
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    this.stopAll();
    await this.looking;
    // whoever has this database next may have the runs at once
    await Promise.all(this.following);
  }

  /** Begins what there is to do now, as far as there is room. Never rejects. */
  look(): Promise<void> {
    if (this.looking === undefined) return (this.looking = this.lookOnce().finally(() => (this.looking = undefined)));
    // the one under way may have passed it by
    return (this.lookingAgain ??= this.looking.then(() => {
      this.lookingAgain = undefined;
      return this.look();
    }));
  }

  /** @throws Fault `not_found`, or `conflict` where it is over or paused already */
  async pause(id: string): Promise<void> {
    const { card } = await this.records.get(id);
    if (!(await this.records.change(id, ['queued', 'running'], 'paused'))) throw wrongState(id, card.state, 'paused');
    this.works.get(id)?.leave();
  }

  async resume(id: string): Promise<void> {
    const { card } = await this.records.get(id);
    if (!(await this.records.change(id, ['paused'], 'queued'))) throw wrongState(id, card.state, 'resumed');
    await this.look();
  }

  async cancel(id: string): Promise<void> {
    const { card } = await this.records.get(id);
    if (!(await this.records.change(id, ['queued', 'running', 'paused'], 'cancelled'))) throw wrongState(id, card.state, 'cancelled');
    this.works.get(id)?.stop();
  }

  /** A folder belongs to one server: whoever had a run in it before is gone. */
  private async takeOver(): Promise<void> {
    if (this.store.status.kind === 'sqlite') await this.records.freeAll().catch((thrown: unknown) => this.note(thrown));
    await this.look();
  }

  private get isLeaving(): boolean {
    return this.readiness.isDraining || this.rounds.isClosed;
  }

  private stopAll(): void {
    for (const work of this.works.values()) work.stop();
  }

  private async lookOnce(): Promise<void> {
    if (this.isLeaving || this.store.status.state !== 'ready') return;
    try {
      const unfinished = await this.records.unfinished();
      // what another server paused or cancelled is left, too
      for (const [id, work] of this.works) if (!unfinished.includes(id)) work.leave();
      for (const id of unfinished) {
        const isMine = this.works.has(id);
        if (!isMine && this.works.size >= AT_ONCE) continue;
        if (!(await this.records.claim(id, this.me, Date.now() + OWNED_MS))) continue;
        if (!isMine) await this.begin(id);
      }
    } catch (thrown) {
      this.note(thrown);
    }
  }

  private async begin(id: string): Promise<void> {
    const { spec } = await this.records.get(id);
    if (!(await this.records.change(id, ['queued', 'running'], 'running')) || this.isLeaving) return;
    const work = new RunWork(id, spec, this.records, this.items);
    this.works.set(id, work);
    const following = this.followed(id, work).finally(() => this.following.delete(following));
    this.following.add(following);
  }

  private async followed(id: string, work: RunWork): Promise<void> {
    try {
      if ((await work.ended) === 'finished') await this.records.change(id, ['running'], 'done');
      await this.records.letGo(id, this.me);
    } catch (thrown) {
      this.note(thrown);
      // the store comes back; what is unforeseen would only come again
      if (Fault.from(thrown).code === 'internal_error') await this.fail(id, Fault.from(thrown));
    } finally {
      this.works.delete(id);
    }
    await this.look();
  }

  private async fail(id: string, fault: Fault): Promise<void> {
    await this.records.change(id, ['running'], 'failed', fault.toFrameError()).catch((thrown: unknown) => this.note(thrown));
  }

  private note(thrown: unknown): void {
    if (Fault.from(thrown).code === 'internal_error') this.logger.error(thrown);
  }
}

function wrongState(id: string, state: string, wanted: string): Fault {
  return new Fault('conflict', `The run ${id} is ${state}, so it cannot be ${wanted}.`);
}
