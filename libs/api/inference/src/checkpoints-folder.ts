import { basename, resolve } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Fault } from '@tandem/api/platform';
import type { Checkpoint } from '@tandem/shared/contracts';
import type { CheckpointFacts } from '@tandem/shared/engine-protocol';
import { type Observable, Subject } from 'rxjs';
import { type CheckpointFiles, groupCheckpointFiles } from './checkpoint-files';
import { CheckpointStates } from './checkpoint-states';
import { describeCheckpoint, type Inspection } from './describe-checkpoint';
import { EngineHost } from './engine-host';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { scanFolder } from './scan-folder';
import type { Seat } from './seat';
import { adapterFrom, type SeatFiles, seatFilesOf, versionOf } from './seat-files';

/** How long one look into the folder is good for. */
const FRESH_MS = 2_000;

/**
 * The checkpoints on this machine. It looks into the folder when it is asked, and has the engine read the headers of
 * new files in the background: until that is done a checkpoint's facts are null. It opens no file itself.
 */
@Injectable()
export class CheckpointsFolder implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly root: string;
  private readonly inspections = new Map<string, Inspection>();
  private readonly underway = new Map<string, Promise<void>>();
  private readonly news = new Subject<void>();
  private lastLook: { readonly at: number; readonly files: Promise<readonly CheckpointFiles[]> } | null = null;

  constructor(
    @Inject(INFERENCE_OPTIONS) options: InferenceOptions,
    private readonly host: EngineHost,
    private readonly states: CheckpointStates,
  ) {
    this.root = resolve(options.checkpointsDir);
  }

  /** When the files, or what is known of them, changed. Completes when the server shuts down. */
  get changes(): Observable<void> {
    return this.news.asObservable();
  }

  /** Has the headers read, and the engine started, before the first question comes. */
  onApplicationBootstrap(): void {
    void this.list();
  }

  onModuleDestroy(): void {
    this.news.complete();
  }

  /** All checkpoints by name, with what is known of them now. */
  async list(): Promise<Checkpoint[]> {
    const found = await this.files();
    this.inspectNew(found);
    return found.map((files) =>
      describeCheckpoint(files, basename(this.root), this.inspections.get(versionOf(files)), this.states.of(files.name).status),
    );
  }

  /** Like `list`, after the headers of everything in the folder were read. */
  async listInspected(): Promise<Checkpoint[]> {
    await this.list();
    await Promise.all(this.underway.values());
    return this.list();
  }

  /** What a seat is loaded from, its header read. @throws Fault `model_not_found`, `model_invalid` */
  async seatFiles({ checkpoint, adapter }: Seat): Promise<SeatFiles> {
    const found = await this.files();
    const base = found.find(({ name }) => name === checkpoint);
    if (base === undefined) {
      throw new Fault('model_not_found', `There is no checkpoint ${JSON.stringify(checkpoint)} in the checkpoints folder.`, { param: 'model' });
    }
    if (base.problem !== null) throw new Fault('model_invalid', base.problem, { param: 'model' });
    return seatFilesOf(base, await this.factsOf(base), adapter && adapterFrom(adapter, found));
  }

  /** What the header of a checkpoint says, read now where it was not yet. @throws Fault `model_invalid` */
  private async factsOf(files: CheckpointFiles): Promise<CheckpointFacts> {
    const version = versionOf(files);
    if (!this.inspections.has(version)) await (this.underway.get(version) ?? this.startInspecting(files, version));
    const inspection = this.inspections.get(version);
    if (inspection === undefined) {
      throw new Fault('local_model_crashed', 'The header of this checkpoint could not be read. Try again.', { retryable: true });
    }
    if ('refusal' in inspection) throw new Fault('model_invalid', inspection.refusal, { param: 'model' });
    return inspection.facts;
  }

  private files(): Promise<readonly CheckpointFiles[]> {
    const now = performance.now();
    if (this.lastLook === null || now - this.lastLook.at > FRESH_MS) {
      this.lastLook = { at: now, files: scanFolder(this.root).then(groupCheckpointFiles) };
    }
    return this.lastLook.files;
  }

  private inspectNew(found: readonly CheckpointFiles[]): void {
    const versions = new Set(found.map(versionOf));
    for (const version of this.inspections.keys()) if (!versions.has(version)) this.inspections.delete(version);
    for (const files of found) {
      const version = versionOf(files);
      if (files.problem !== null || this.inspections.has(version) || this.underway.has(version)) continue;
      void this.startInspecting(files, version);
    }
  }

  private startInspecting(files: CheckpointFiles, version: string): Promise<void> {
    const inspection = this.inspect(files, version);
    this.underway.set(version, inspection);
    return inspection;
  }

  private async inspect({ paths }: CheckpointFiles, version: string): Promise<void> {
    try {
      const { facts } = await this.host.call({ type: 'inspect', paths });
      this.inspections.set(version, { facts });
    } catch (thrown) {
      // Anything else says nothing about the file: it is asked about again next time.
      if (thrown instanceof Fault && thrown.code === 'model_invalid') this.inspections.set(version, { refusal: thrown.message });
    } finally {
      this.underway.delete(version);
      this.news.next();
    }
  }
}
