import { resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Convertible, Conversions, sourceOf } from '@tandem/api/import';
import { Fault } from '@tandem/api/faults';
import type { CheckpointFacts } from '@tandem/shared/engine-protocol';
import type { CheckpointFiles } from './checkpoint-files';
import type { ConversionState } from './describe-checkpoint';
import { EngineHost } from './engine-host';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import type { Inspections, UsableInspection } from './inspections';
import type { ReadFiles, SeatFiles } from './seat-files';

/** Is told how a conversion goes. */
export interface ConversionProgress {
  readonly onProgress: (progress: number) => void;
  readonly onWait: () => void;
  readonly signal: AbortSignal;
}

/** Checkpoints of other formats as the GGUF files that they become. */
@Injectable()
export class ConvertedCheckpoints {
  /** Of the conversions that are kept, by their keys. */
  private readonly facts = new Map<string, CheckpointFacts>();

  constructor(
    @Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions,
    private readonly conversions: Conversions,
    private readonly host: EngineHost,
  ) {}

  /** Goes up when others are kept than before, or can be. */
  get version(): number {
    return this.conversions.version;
  }

  refresh(): Promise<void> {
    return this.conversions.refresh();
  }

  stateOf(convertible: Convertible): ConversionState {
    return { isKept: this.conversions.has(convertible), obstacle: this.conversions.obstacle };
  }

  /** Where it is converted, what came of it; else what would. */
  async read(files: CheckpointFiles, { facts, convertible }: UsableInspection): Promise<ReadFiles> {
    if (convertible === undefined) return { files, facts, paths: files.paths, weightBytes: files.sizeBytes };
    const kept = await this.keptFiles(convertible);
    if (kept !== null) return { files, ...kept };
    return { files, facts, paths: [], weightBytes: convertible.facts.convertedBytes, conversion: convertible };
  }

  /** @throws Fault where it must be converted and there is no room for that */
  async refuseWithoutRoom({ conversion }: SeatFiles): Promise<void> {
    if (conversion !== undefined) await this.conversions.refuseWithoutRoom(conversion);
  }

  /** The same files, ready to be loaded: converted first where they are not yet. @throws Fault */
  async prepare(files: SeatFiles, watcher: ConversionProgress): Promise<SeatFiles> {
    const { conversion, ...rest } = files;
    if (conversion === undefined) return files;
    const { name, facts } = conversion;
    const current = () => this.conversions.idOf(name, facts, resolve(this.options.checkpointsDir));
    await this.conversions.convert(conversion, current, watcher);
    const ready = await this.keptFiles(conversion);
    if (ready === null)
      throw new Fault('model_invalid', `The conversion of ${name} cannot be used, and was removed. Try again.`, { param: 'model', retryable: true });
    const adapterBytes = files.memoryBytes - files.facts.memoryEstimateBytes;
    return { ...rest, paths: ready.paths, weightBytes: ready.weightBytes, facts: ready.facts, memoryBytes: ready.facts.memoryEstimateBytes + adapterBytes };
  }

  /** Removes conversions of what is gone or is something else by now. What is not known yet is left alone. */
  async tidy(found: readonly CheckpointFiles[], inspections: Inspections): Promise<void> {
    const wanted = new Map<string, string | null>();
    for (const files of found) {
      if (files.format === 'gguf') continue;
      const inspection = inspections.of(files);
      const key = inspection === undefined ? null : 'convertible' in inspection ? (inspection.convertible?.id.key ?? '') : '';
      wanted.set(sourceOf(files.name), key);
    }
    await this.conversions.tidy(({ source, key }) => {
      const known = wanted.get(source);
      return known === null || known === key;
    });
    const keys = new Set(wanted.values());
    for (const key of this.facts.keys()) if (!keys.has(key)) this.facts.delete(key);
  }

  /** A conversion that is no sound GGUF, a disk having lost part of it, is removed: then it is made anew. */
  private async keptFiles(convertible: Convertible): Promise<Omit<ReadFiles, 'files' | 'conversion'> | null> {
    const kept = await this.conversions.find(convertible);
    if (kept === null) return null;
    try {
      const { key } = convertible.id;
      const facts = this.facts.get(key) ?? (await this.host.call({ type: 'inspect', paths: [kept.path] })).facts;
      this.facts.set(key, facts);
      return { facts, paths: [kept.path], weightBytes: kept.sizeBytes };
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.code !== 'model_invalid') throw thrown;
      await this.conversions.discard(convertible);
      return null;
    }
  }
}
