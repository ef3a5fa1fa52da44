import { Fault, unloadedMeanwhile } from '@tandem/api/faults';
import type { CheckpointStatus } from './checkpoint-states';
import type { CheckpointsFolder } from './checkpoints-folder';
import type { ConversionProgress } from './converted-checkpoints';
import { CrashRecord } from './crash-record';
import type { LossFault } from './engine-call';
import type { EngineHost } from './engine-host';
import { type LoadNews, type LoadStage, LoadTask, type LoadWatcher } from './load-task';
import { type LocalModelState, stageOf, statusOf } from './local-model-state';
import type { MemoryPolicy, Tenant } from './memory-policy';
import { openRequestQueue } from './request-queue';
import { type Seat, seatName } from './seat';
import type { SeatFiles } from './seat-files';
import { SeatUsage } from './seat-usage';
import type { Vetting } from './vetting';

/** What models have in common. */
export interface LocalModelParts {
  readonly folder: CheckpointsFolder;
  readonly host: EngineHost;
  readonly memory: MemoryPolicy;
  readonly vetting: Vetting;
}

/**
 * The life of one seat, as seen from the API process: loaded once however many ask, unloaded when told, unloaded
 * by force when the engine dies, given up when that keeps happening over it, replaced when its files were.
 */
export class LocalModel implements Tenant {
  readonly name: string;
  readonly usage: SeatUsage;
  readonly requests = openRequestQueue();
  private state: LocalModelState = { name: 'unloaded' };
  private readonly crashes = new CrashRecord();

  constructor(
    readonly seat: Seat,
    private readonly parts: LocalModelParts,
    private readonly publish: (status: CheckpointStatus) => void,
  ) {
    this.name = seatName(seat);
    this.usage = new SeatUsage(() => this.tell());
    parts.memory.join(this);
  }

  get status(): CheckpointStatus {
    return statusOf(this.state, this.usage);
  }

  get checkpoint(): string {
    return this.seat.checkpoint;
  }

  get stage(): Tenant['stage'] {
    return stageOf(this.state, this.usage);
  }

  get idleMs(): number {
    return this.usage.idleMs;
  }

  get memoryBytes(): number | null {
    return this.state.name === 'loaded' ? this.state.memoryBytes : null;
  }

  get weightBytes(): number {
    return this.state.name === 'loaded' ? this.state.weightBytes : 0;
  }

  get baseVersion(): string | null {
    return this.state.name === 'loaded' ? this.state.files.baseVersion : null;
  }

  /** In tokens, while it is loaded from these files. */
  contextLengthOf({ version }: SeatFiles): number | null {
    return this.state.name === 'loaded' && this.state.files.version === version ? this.state.contextLength : null;
  }

  /** Why it cannot be had, as far as the last try with these files told: it was given up, or llama.cpp refused them. */
  refusalOf(files: SeatFiles): Fault | null {
    const { state } = this;
    const { version } = files;
    const refusal = this.parts.vetting.refusalOf(files);
    if (refusal !== null) return refusal;
    if (state.name !== 'failed' || state.version !== version) return null;
    if (state.isGivenUp) return new Fault('model_invalid', state.fault.message, { param: 'model', cause: state.fault });
    return state.fault.code === 'model_invalid' ? state.fault : null;
  }

  /** Files that were replaced since are loaded anew, once the answers that run on the old ones are complete. */
  async load(files: SeatFiles, watcher: LoadWatcher = {}): Promise<void> {
    for (;;) {
      const { state } = this;
      switch (state.name) {
        case 'loaded':
          if (state.files.version === files.version || state.files.seenAtMs >= files.seenAtMs) return;
          if (this.usage.generations > 0) watcher.onWait?.();
          await this.usage.untilQuiet();
          if (this.state === state) await this.unload();
          continue;
        case 'unloading':
          await state.done;
          continue;
        case 'loading':
          return state.task.watch(watcher);
        case 'failed':
          if (state.isGivenUp && state.version === files.version) throw state.fault;
          return this.startLoading(files, watcher);
        case 'unloaded':
          return this.startLoading(files, watcher);
        default:
          return state satisfies never;
      }
    }
  }

  unload(): Promise<void> {
    const { state } = this;
    if (state.name === 'unloading') return state.done;
    this.crashes.forget();
    if (state.name === 'failed') this.parts.vetting.forgive(state.version);
    if (state.name !== 'loaded' && state.name !== 'loading') {
      if (state.name !== 'unloaded') this.enter({ name: 'unloaded' });
      return Promise.resolve();
    }
    if (state.name === 'loading') {
      state.stop.abort(this.stopped());
    }
    const conversion = state.name === 'loading' && state.stage === 'converting' ? state.task.done.catch(() => undefined) : undefined;
    const done = Promise.resolve(conversion)
      .then(() => this.letGo())
      .then(
        () => this.enter({ name: 'unloaded' }),
        () => this.enter({ name: 'unloaded' }),
      );
    this.enter({ name: 'unloading', done });
    return done;
  }

  /** Stops a load that is under way; who waited for it is told. @throws Fault `conflict` when it is loaded already */
  async cancelLoad(): Promise<void> {
    if (this.state.name === 'loaded') throw new Fault('conflict', `${this.name} is loaded already. Unload it instead.`);
    if (this.state.name === 'loading') await this.unload();
  }

  /** Runs one generation. */
  async use<Result>(files: SeatFiles, work: () => Promise<Result>): Promise<Result> {
    const result = await this.blaming(files, () => this.usage.during(work));
    this.crashes.forget();
    return result;
  }

  /** Notes when the engine died over `work`. */
  async blaming<Result>({ version }: SeatFiles, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (thrown) {
      throw this.noted(thrown, version);
    }
  }

  /** The engine is gone, and the model with it. A load that was under way fails by itself. */
  onEngineLoss(): void {
    if (this.state.name === 'loaded') this.enter({ name: 'unloaded' });
  }

  /** What failed with other files may be tried with these. */
  onFilesChanged(version: string | null): void {
    if (this.state.name !== 'failed' || this.state.version === version) return;
    this.crashes.forget();
    this.enter({ name: 'unloaded' });
  }

  private startLoading(files: SeatFiles, watcher: LoadWatcher): Promise<void> {
    const stop = new AbortController();
    const task = new LoadTask(
      (left, tell) => {
        left.addEventListener('abort', () => void this.unload(), { once: true });
        return this.runLoad(files, tell, stop.signal);
      },
      () => this.stopped(),
    );
    this.enter({ name: 'loading', stage: files.conversion === undefined ? 'loading' : 'converting', progress: 0, task, stop });
    if (files.conversion === undefined) task.keep();
    return task.watch(watcher);
  }

  private async runLoad(wanted: SeatFiles, tell: (news: LoadNews) => void, signal: AbortSignal): Promise<void> {
    let release: () => void = () => undefined;
    const onWait = (): void => {
      if (this.isLoading(signal)) tell('waiting');
    };
    const onProgress = (progress: number, stage: LoadStage): void => {
      if (!this.isLoading(signal)) return;
      this.onProgress(progress, stage);
      tell({ progress, stage });
    };
    try {
      // Not before the state says that it is loading.
      await Promise.resolve();
      const files = await this.prepared(wanted, { onProgress: (progress) => onProgress(progress, 'converting'), onWait, signal });
      if (this.state.name === 'loading' && wanted.conversion !== undefined) this.state.task.keep();
      release = await this.parts.memory.reserve({ tenant: this, files, signal, onWait });
      onProgress(0, 'loading');
      const { paths, adapter } = files;
      const call = { type: 'load', model: this.name, paths, ...(adapter === undefined ? {} : { adapter }) } as const;
      const { memoryBytes, weightBytes, contextLength } = await this.parts.vetting.load(files, call, {
        hasCompany: () => this.parts.memory.hasCompany(this),
        onProgress: (progress) => onProgress(progress, 'loading'),
        signal,
      });
      if (!this.isLoading(signal)) return await this.regret(signal);
      this.usage.touch();
      this.enter({ name: 'loaded', files, memoryBytes, weightBytes, contextLength });
    } catch (thrown) {
      const fault = this.noted(signal.aborted ? signal.reason : thrown, wanted.version);
      if (this.isLoading(signal)) this.enter({ name: 'failed', fault, version: wanted.version, isGivenUp: false });
      throw fault;
    } finally {
      release();
    }
  }

  private async prepared(files: SeatFiles, watcher: ConversionProgress): Promise<SeatFiles> {
    if (files.conversion === undefined) return files;
    const ready = await this.parts.folder.prepare(files, watcher);
    watcher.signal.throwIfAborted();
    return ready;
  }

  /** Whether it is still this load that is under way. */
  private isLoading(signal: AbortSignal): boolean {
    return this.state.name === 'loading' && this.state.stop.signal === signal;
  }

  /** It was loaded although nobody wants it any more. */
  private async regret(signal: AbortSignal): Promise<never> {
    if (this.state.name !== 'loading') await this.letGo();
    throw signal.reason ?? unloadedMeanwhile(this.name);
  }

  /** An engine that is not there any more has let go as well. */
  private async letGo(): Promise<void> {
    if (this.parts.host.isRunning) await this.parts.host.call({ type: 'unload', model: this.name });
  }

  private onProgress(progress: number, stage: LoadStage): void {
    if (this.state.name !== 'loading') return;
    const isNews = stage !== this.state.stage || Math.floor(progress * 100) !== Math.floor(this.state.progress * 100);
    this.state.stage = stage;
    this.state.progress = progress;
    if (isNews) this.tell();
  }

  private stopped(): Fault {
    return new Fault('model_unloaded', `Loading ${this.name} was stopped. Send the request again.`, { retryable: true });
  }

  private noted(thrown: unknown, version: string): Fault {
    const fault = Fault.from(thrown);
    const { isBystander = false, isCrash = false } = (fault.cause ?? {}) as Partial<LossFault>;
    if (fault.code === 'local_model_crashed' && isCrash && !isBystander) this.parts.vetting.suspect(version);
    // Not even its vocabulary could be read.
    if (fault.code === 'model_invalid' && this.state.name === 'unloaded') this.enter({ name: 'failed', fault, version, isGivenUp: false });
    if (fault.code !== 'local_model_crashed' || isBystander || this.state.name === 'failed' || !this.crashes.note()) return fault;
    const message = `The engine died three times within a minute over ${this.name}, so it is not tried again until the file changes or it is unloaded. Last time: ${fault.message}`;
    const givenUp = new Fault('local_model_crashed', message, { cause: fault });
    this.enter({ name: 'failed', fault: givenUp, version, isGivenUp: true });
    return givenUp;
  }

  private enter(state: LocalModelState): void {
    this.state = state;
    this.tell();
  }

  private tell(): void {
    this.publish(this.status);
    this.parts.memory.changed();
  }
}
