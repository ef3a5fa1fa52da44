import { basename, resolve } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Checkpoint } from '@tandem/shared/contracts';
import { merge, type Observable, throttleTime } from 'rxjs';
import type { CheckpointFiles } from './checkpoint-files';
import { CheckpointStates } from './checkpoint-states';
import { describeCheckpoint } from './describe-checkpoint';
import { FolderIndex } from './folder-index';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { Inspections } from './inspections';
import type { Seat } from './seat';
import { lookUp, type ReadFiles, refuseAdapter, type SeatFiles, seatFilesOf, versionOfSeat } from './seat-files';

/** Thousands of new files are told of this often, not one by one. */
const NEWS_MS = 300;

/**
 * The checkpoints on this machine, kept current while files come and go. The engine reads the headers of new ones in
 * the background: until that is done a checkpoint's facts are null. It opens no file itself.
 */
@Injectable()
export class CheckpointsFolder implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly root: string;
  private readonly index: FolderIndex;
  private lastList: { readonly asOf: readonly unknown[]; readonly checkpoints: readonly Checkpoint[] } | null = null;

  constructor(
    @Inject(INFERENCE_OPTIONS) options: InferenceOptions,
    private readonly inspections: Inspections,
    private readonly states: CheckpointStates,
  ) {
    this.root = resolve(options.checkpointsDir);
    this.index = new FolderIndex(this.root);
    this.index.changes.subscribe(() => this.inspections.want(this.index.current));
  }

  /** The files changed: at once, every time. Completes when the server shuts down. */
  get fileChanges(): Observable<void> {
    return this.index.changes;
  }

  /** The files, or what is known of them, changed: for clients, not too often. Completes when the server shuts down. */
  get changes(): Observable<void> {
    return merge(this.index.changes, this.inspections.changes).pipe(throttleTime(NEWS_MS, undefined, { leading: true, trailing: true }));
  }

  /** Has the headers read, and the engine started, before the first question comes. */
  onApplicationBootstrap(): void {
    void this.list();
  }

  async onModuleDestroy(): Promise<void> {
    await this.index.close();
  }

  /** All checkpoints by name, with what is known of them now; the same array as before while nothing changed. */
  async list(): Promise<readonly Checkpoint[]> {
    const found = await this.index.files();
    const asOf = [found, this.inspections.version, this.states.version];
    if (this.inspections.hasFailed) this.inspections.want(found);
    if (this.lastList === null || asOf.some((part, index) => part !== this.lastList?.asOf[index])) {
      this.inspections.want(found);
      this.lastList = { asOf, checkpoints: found.map((files) => this.describe(files)) };
    }
    return this.lastList.checkpoints;
  }

  /** Like `list`, after the headers of everything in the folder were read. */
  async listInspected(): Promise<readonly Checkpoint[]> {
    await this.list();
    await this.inspections.settled();
    return this.list();
  }

  /** What a seat is loaded from, its header read. @throws Fault `model_not_found`, `model_invalid` */
  async seatFiles({ checkpoint, adapter }: Seat): Promise<SeatFiles> {
    const found = await this.index.files();
    const read = async (files: CheckpointFiles): Promise<ReadFiles> => ({ files, facts: await this.inspections.factsOf(files) });
    const base = await read(lookUp(checkpoint, found, 'checkpoint'));
    if (adapter === undefined) return seatFilesOf(base);
    const over = await read(lookUp(adapter.file, found, 'adapter')).catch((thrown: unknown) => refuseAdapter(adapter.file, thrown));
    return seatFilesOf(base, { ...over, scale: adapter.scale });
  }

  /** Changes when a seat's files do, as of the last look; null where they are not there. */
  versionOf(seat: Seat): string | null {
    return versionOfSeat(seat, this.index.current);
  }

  private describe(files: CheckpointFiles): Checkpoint {
    return describeCheckpoint(files, basename(this.root), this.inspections.of(files), this.states.of(files.name));
  }
}
