import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Checkpoint } from '@tandem/shared/contracts';
import { debounceTime, merge, type Observable, throttleTime } from 'rxjs';
import type { CheckpointFiles } from './checkpoint-files';
import { CheckpointStates } from './checkpoint-states';
import { type ConversionProgress, ConvertedCheckpoints } from './converted-checkpoints';
import { describeCheckpoint } from './describe-checkpoint';
import { FolderIndex } from './folder-index';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { Inspections } from './inspections';
import type { Seat } from './seat';
import { lookUp, type ReadFiles, refuseAdapter, type SeatFiles, seatFilesOf, versionOfSeat } from './seat-files';

/** Thousands of new files are told of this often, not one by one. */
const NEWS_MS = 300;
/** Conversions of no use any more are looked for when nothing has changed for so long. */
const TIDY_MS = 1_000;

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
    @Inject(INFERENCE_OPTIONS) { checkpointsDir, convertedDir, freshSeconds = 10 }: InferenceOptions,
    private readonly inspections: Inspections,
    private readonly states: CheckpointStates,
    private readonly converted: ConvertedCheckpoints,
  ) {
    this.root = resolve(checkpointsDir);
    this.index = new FolderIndex(this.root, freshSeconds * 1_000, convertedDir === undefined ? undefined : resolve(convertedDir));
    this.index.changes.subscribe(() => this.inspections.want(this.index.current));
    merge(this.index.changes, this.inspections.changes)
      .pipe(debounceTime(TIDY_MS))
      .subscribe(() => void this.tidy());
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
    await this.converted.refresh();
    const asOf = [found, this.inspections.version, this.states.version, this.converted.version];
    if (this.inspections.hasFailed) this.inspections.want(found);
    if (this.lastList === null || asOf.some((part, index) => part !== this.lastList?.asOf[index])) {
      this.inspections.want(found);
      this.lastList = { asOf, checkpoints: found.map((files) => this.describe(files)) };
    }
    return this.lastList.checkpoints;
  }

  /** What a seat is loaded from, its header read. @throws Fault `model_not_found`, `model_invalid` */
  async seatFiles({ checkpoint, adapter }: Seat): Promise<SeatFiles> {
    const found = await this.index.files();
    const read = async (files: CheckpointFiles): Promise<ReadFiles> => this.converted.read(files, await this.inspections.read(files));
    const base = await read(lookUp(checkpoint, found, 'checkpoint'));
    if (adapter === undefined) return seatFilesOf(base);
    const over = await read(lookUp(adapter.file, found, 'adapter')).catch((thrown: unknown) => refuseAdapter(adapter.file, thrown));
    return seatFilesOf(base, { ...over, scale: adapter.scale });
  }

  /** What a seat is loaded from, whether it can be or not: the checkpoint, and the adapter over it. @throws Fault `model_not_found` */
  async filesOf({ checkpoint, adapter }: Seat): Promise<readonly CheckpointFiles[]> {
    const found = await this.index.files();
    const names = [checkpoint, ...(adapter === undefined ? [] : [adapter.file])];
    return names.map((name) => found.find((files) => files.name === name) ?? lookUp(name, found, 'checkpoint'));
  }

  /** One of them as it is now, if it is there. */
  async lookAgain(name: string): Promise<CheckpointFiles | undefined> {
    await this.index.look();
    return this.index.current.find((files) => files.name === name);
  }

  /** The same files, ready to be loaded: converted first where they are not yet. @throws Fault */
  prepare(files: SeatFiles, watcher: ConversionProgress): Promise<SeatFiles> {
    return this.converted.prepare(files, watcher);
  }

  /** @throws Fault where they must be converted and there is no room for that */
  refuseWithoutRoom(files: SeatFiles): Promise<void> {
    return this.converted.refuseWithoutRoom(files);
  }

  /** Changes when a seat's files do, as of the last look; null where they are not there. */
  versionOf(seat: Seat): string | null {
    return versionOfSeat(seat, this.index.current);
  }

  /** Where the folder itself is gone, a disk may just not be there. */
  private async tidy(): Promise<void> {
    const isThere = await realpath(this.root).then(
      () => true,
      () => false,
    );
    if (isThere && this.inspections.isIdle) await this.converted.tidy(this.index.current, this.inspections);
  }

  private describe(files: CheckpointFiles): Checkpoint {
    const inspection = this.inspections.of(files);
    const convertible = inspection !== undefined && 'convertible' in inspection ? inspection.convertible : undefined;
    const conversion = convertible === undefined ? null : this.converted.stateOf(convertible);
    return describeCheckpoint({ files, folderName: basename(this.root), inspection, status: this.states.of(files.name), conversion });
  }
}
