import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { diskFull, Fault } from '@tandem/api/faults';
import { RequestQueue, SharedTask, untilAborted } from '@tandem/shared/concurrency';
import { ConvertedFolder, type ConvertedFile } from './converted-folder';
import type { ConversionNews, ConversionWatcher } from './conversion-watcher';
import { type ConversionId, conversionIdOf, type Convertible } from './convertible';
import { IMPORT_OPTIONS, type ImportOptions } from './import-options';
import { runConversion } from './run-conversion';

type Conversion = SharedTask<void, ConversionNews>;

/**
 * Conversions of checkpoints into GGUF files: made once, however many ask, kept until what they were made of changes. One is
 * made at a time. Nest closes it, which ends what is being made.
 */
@Injectable()
export class Conversions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Import');
  private readonly folder: ConvertedFolder;
  /** One at a time: each keeps a processor and a disk busy. */
  private readonly queue = new RequestQueue({ running: 1, waiting: Number.POSITIVE_INFINITY });
  private readonly underway = new Map<string, Conversion>();
  private readonly closing = new AbortController();

  constructor(@Inject(IMPORT_OPTIONS) private readonly options: ImportOptions) {
    this.folder = new ConvertedFolder(options);
  }

  /** Goes up when there are others than before. */
  get version(): number {
    return this.folder.version;
  }

  /** What weights are converted to. */
  get type(): ImportOptions['type'] {
    return this.options.type;
  }

  /** Why nothing can be converted now; null where it can. */
  get obstacle(): string | null {
    return this.folder.obstacle;
  }

  onApplicationBootstrap(): Promise<void> {
    return this.folder.removeLeftovers();
  }

  async onModuleDestroy(): Promise<void> {
    this.closing.abort(new Fault('server_restarting', 'Tandem is shutting down.', { retryable: true }));
    await Promise.allSettled([...this.underway.values()].map(({ done }) => done));
  }

  refresh(): Promise<void> {
    return this.folder.refresh();
  }

  /** What a conversion of it would be known by now. `folder`: the checkpoints folder. @throws when one of its files is gone */
  idOf(name: string, facts: Convertible['facts'], folder: string): Promise<ConversionId> {
    return conversionIdOf(name, facts, { folder, type: this.options.type });
  }

  /** Whether it is there, as of the last look. */
  has({ id }: Convertible): boolean {
    return this.folder.has(id);
  }

  find({ id }: Convertible): Promise<ConvertedFile | null> {
    return this.folder.find(id);
  }

  /** A conversion that cannot be used: it is made anew when it is next asked for. */
  discard({ id }: Convertible): Promise<void> {
    return this.folder.remove(id);
  }

  /** Removes what is of no use any more. */
  tidy(isWanted: (id: ConversionId) => boolean): Promise<void> {
    return this.folder.tidy(isWanted);
  }

  /** @throws Fault `model_invalid` where nothing can be written, `disk_full` where there is no room for it */
  async refuseWithoutRoom({ name, facts }: Convertible): Promise<void> {
    await this.folder.refresh();
    const roomBytes = await this.folder.roomBytes();
    if (roomBytes === null) throw new Fault('model_invalid', this.folder.obstacle ?? '', { param: 'model' });
    if (roomBytes < facts.convertedBytes) throw diskFull(name, facts.convertedBytes, roomBytes);
  }

  /**
   * The conversion, made where it is not there yet. `current`: what it would be known by when it is done, to tell whether the
   * files changed meanwhile. It is ended when everyone who waited for it has left. @throws Fault
   */
  async convert(convertible: Convertible, current: () => Promise<ConversionId>, watcher: ConversionWatcher): Promise<ConvertedFile> {
    const kept = await this.folder.find(convertible.id);
    if (kept !== null) return kept;
    this.closing.signal.throwIfAborted();
    const conversion = await this.joinable(convertible, current);
    await conversion.join((news) => (news === 'waiting' ? watcher.onWait() : watcher.onProgress(news)), watcher.signal);
    const made = await this.folder.find(convertible.id);
    if (made === null) throw new Fault('local_model_crashed', `The conversion of ${convertible.name} is gone. Try again.`, { retryable: true });
    return made;
  }

  /** One that is being stopped leaves nothing before another begins. */
  private async joinable(convertible: Convertible, current: () => Promise<ConversionId>): Promise<Conversion> {
    for (;;) {
      const shared = this.underway.get(convertible.id.key) ?? this.start(convertible, current);
      if (!shared.isStopping) return shared;
      await shared.done.catch(() => undefined);
    }
  }

  private start(convertible: Convertible, current: () => Promise<ConversionId>): Conversion {
    const { id } = convertible;
    const shared: Conversion = new SharedTask(
      (left, tell) => this.make(convertible, current, AbortSignal.any([left, this.closing.signal]), tell),
      () => new Fault('model_unloaded', 'Nobody waits for this conversion any more.', { retryable: true }),
    );
    this.underway.set(id.key, shared);
    void shared.done.catch(() => undefined).finally(() => this.underway.delete(id.key));
    return shared;
  }

  private async make(convertible: Convertible, current: () => Promise<ConversionId>, signal: AbortSignal, tell: (news: ConversionNews) => void): Promise<void> {
    const { name, facts } = convertible;
    const slot = this.queue.take();
    try {
      tell(0);
      slot.watch(() => tell('waiting'));
      await untilAborted(slot.turn, signal);
      const startedAt = performance.now();
      await this.refuseWithoutRoom(convertible);
      tell(0);
      await runConversion({ convertible, current, folder: this.folder, options: this.options, signal, onProgress: tell });
      this.logger.log(`${name} is converted: ${Math.ceil(facts.convertedBytes / 1024 / 1024)} MB in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    } finally {
      slot.giveBack();
    }
  }
}
