import { resolve } from 'node:path';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type Convertible, Conversions } from '@tandem/api/import';
import { Fault } from '@tandem/api/faults';
import type { EngineFault } from '@tandem/shared/engine-protocol';
import { type Observable, Subject } from 'rxjs';
import type { CheckpointFiles } from './checkpoint-files';
import type { Inspection } from './describe-checkpoint';
import { EngineHost } from './engine-host';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { factsOfConvertible } from './facts-of-convertible';
import { versionOf } from './seat-files';

/** In the background; whoever needs one now does not wait behind these. */
const AT_ONCE = 4;

/** What a header said, where it can be used. */
export type UsableInspection = Exclude<Inspection, { readonly refusal: string }>;

/** What the headers of checkpoints say, by version of the file. The engine reads them, new ones in the background. */
@Injectable()
export class Inspections implements OnModuleDestroy {
  private readonly logger = new Logger('Checkpoints');
  private readonly known = new Map<string, Inspection>();
  private readonly underway = new Map<string, Promise<void>>();
  private readonly waiting = new Map<string, CheckpointFiles>();
  private readonly news = new Subject<void>();
  private changeCount = 0;
  private failed = false;

  constructor(
    @Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions,
    private readonly host: EngineHost,
    private readonly conversions: Conversions,
  ) {}

  /** One more header was read. */
  get changes(): Observable<void> {
    return this.news.asObservable();
  }

  /** Goes up when a header was read. */
  get version(): number {
    return this.changeCount;
  }

  /** Whether nothing is being read or waits for it. */
  get isIdle(): boolean {
    return this.underway.size === 0 && this.waiting.size === 0;
  }

  /** Whether one could not be read, through no fault of its own, since they were last wanted. */
  get hasFailed(): boolean {
    return this.failed;
  }

  of(files: CheckpointFiles): Inspection | undefined {
    return this.known.get(versionOf(files));
  }

  /** Has those read that were not yet, and forgets what is not there any more. */
  want(found: readonly CheckpointFiles[]): void {
    const versions = new Set(found.map(versionOf));
    for (const version of this.known.keys()) if (!versions.has(version)) this.known.delete(version);
    this.waiting.clear();
    this.failed = false;
    for (const files of found) {
      const version = versionOf(files);
      if (files.problem === null && !this.known.has(version) && !this.underway.has(version)) this.waiting.set(version, files);
    }
    this.startNext();
  }

  /** Reads it now where it was not yet. @throws Fault `model_invalid` */
  async read(files: CheckpointFiles): Promise<UsableInspection> {
    const version = versionOf(files);
    if (!this.known.has(version)) await (this.underway.get(version) ?? this.start(version, files));
    const inspection = this.known.get(version);
    if (inspection === undefined) {
      throw new Fault('local_model_crashed', 'The header of this checkpoint could not be read. Try again.', { retryable: true });
    }
    if ('refusal' in inspection) throw new Fault('model_invalid', inspection.refusal, { param: 'model' });
    return inspection;
  }

  onModuleDestroy(): void {
    this.waiting.clear();
    this.news.complete();
  }

  private startNext(): void {
    for (const [version, files] of this.waiting) {
      if (this.underway.size >= AT_ONCE) return;
      void this.start(version, files);
    }
  }

  private start(version: string, files: CheckpointFiles): Promise<void> {
    this.waiting.delete(version);
    const inspection = this.inspect(version, files).finally(() => {
      this.underway.delete(version);
      if (this.known.has(version)) {
        this.changeCount++;
        this.news.next();
      } else this.failed = true;
      this.startNext();
    });
    this.underway.set(version, inspection);
    return inspection;
  }

  private async inspect(version: string, files: CheckpointFiles): Promise<void> {
    try {
      this.known.set(version, files.format === 'gguf' ? await this.host.call({ type: 'inspect', paths: files.paths }) : await this.recognise(files));
    } catch (thrown) {
      // Anything else says nothing about the file: it is asked about again next time.
      if (!(thrown instanceof Fault) || thrown.code !== 'model_invalid') return;
      this.known.set(version, { refusal: thrown.message });
      const { isSecurityEvent } = (thrown.cause ?? {}) as Partial<EngineFault>;
      if (isSecurityEvent) this.logger.error(`SECURITY: ${JSON.stringify(files.name)} is refused. ${thrown.message}`);
    }
  }

  /** A file that goes away meanwhile is looked at again, or not listed any more. */
  private async recognise({ name, source }: CheckpointFiles): Promise<UsableInspection> {
    const root = resolve(this.options.checkpointsDir);
    const { type: convertedType } = this.conversions;
    const { checkpoint, memoryEstimateBytes } = await this.host.call({ type: 'recognise', path: source, root, convertedType });
    const convertible: Convertible = { name, facts: checkpoint, id: await this.conversions.idOf(name, checkpoint, root) };
    return { facts: factsOfConvertible(convertible, convertedType, memoryEstimateBytes), convertible };
  }
}
