import { Fault } from '@tandem/api/platform';
import type { CheckpointFiles } from './checkpoint-files';
import type { CheckpointStatus } from './checkpoint-states';
import { CrashRecord } from './crash-record';
import type { EngineHost } from './engine-host';
import { type Seat, seatName } from './seat';

type State =
  | { readonly name: 'unloaded' }
  | { readonly name: 'loading'; progress: number; readonly done: Promise<void>; readonly stop: AbortController }
  | { readonly name: 'loaded'; readonly memoryBytes: number }
  | { readonly name: 'unloading'; readonly done: Promise<void> }
  | { readonly name: 'failed'; readonly fault: Fault; readonly version: string; readonly isGivenUp: boolean };

export type ProgressListener = (progress: number) => void;

/**
 * The life of one seat, as seen from the API process: loaded once however many ask, unloaded when told, unloaded
 * by force when the engine dies, given up when that keeps happening over it.
 */
export class LocalModel {
  private state: State = { name: 'unloaded' };
  private readonly crashes = new CrashRecord();
  private readonly progressListeners = new Set<ProgressListener>();
  private generations = 0;
  private lastUsed: Date | null = null;

  readonly name: string;

  constructor(
    readonly seat: Seat,
    private readonly host: EngineHost,
    private readonly publish: (status: CheckpointStatus) => void,
  ) {
    this.name = seatName(seat);
  }

  get status(): CheckpointStatus {
    const { state } = this;
    return {
      status: state.name,
      progress: state.name === 'loading' ? state.progress : state.name === 'loaded' ? 1 : 0,
      error: state.name === 'failed' ? state.fault.message : null,
      memoryBytes: state.name === 'loaded' ? state.memoryBytes : null,
      activeGenerations: this.generations,
      lastUsed: this.lastUsed,
    };
  }

  /** Why it is not tried again with that version of its files; null where it is. */
  refusalOf(version: string): Fault | null {
    const { state } = this;
    return state.name === 'failed' && state.isGivenUp && state.version === version ? state.fault : null;
  }

  /** A model that was given up is only tried again when its file changed. */
  async load(files: CheckpointFiles & { readonly version: string }, onProgress: ProgressListener): Promise<void> {
    if (this.state.name === 'unloading') await this.state.done;
    const { state } = this;
    if (state.name === 'loaded') return;
    const refusal = this.refusalOf(files.version);
    if (refusal !== null) throw refusal;
    this.progressListeners.add(onProgress);
    try {
      if (state.name === 'loading') onProgress(state.progress);
      await (state.name === 'loading' ? state.done : this.startLoading(files));
    } finally {
      this.progressListeners.delete(onProgress);
    }
  }

  unload(): Promise<void> {
    const { state } = this;
    if (state.name === 'unloading') return state.done;
    this.crashes.forget();
    if (state.name !== 'loaded' && state.name !== 'loading') {
      if (state.name !== 'unloaded') this.enter({ name: 'unloaded' });
      return Promise.resolve();
    }
    if (state.name === 'loading') {
      state.stop.abort(new Fault('model_unloaded', `Loading ${this.name} was stopped. Send the request again.`, { retryable: true }));
    }
    const done = this.letGo().then(
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

  /** Runs one generation, and notes when the engine died over it. */
  async use<Result>(version: string, work: () => Promise<Result>): Promise<Result> {
    this.lastUsed = new Date();
    this.generations++;
    this.publish(this.status);
    try {
      return await work();
    } catch (thrown) {
      throw this.noted(thrown, version);
    } finally {
      this.generations--;
      this.publish(this.status);
    }
  }

  /** The engine is gone, and the model with it. A load that was under way fails by itself. */
  onEngineLoss(): void {
    if (this.state.name === 'loaded') this.enter({ name: 'unloaded' });
  }

  private startLoading(files: CheckpointFiles & { readonly version: string }): Promise<void> {
    const stop = new AbortController();
    const done = this.runLoad(files, stop.signal);
    this.enter({ name: 'loading', progress: 0, done, stop });
    return done;
  }

  /** An engine that died meanwhile has let go as well. */
  private async letGo(): Promise<void> {
    if (this.host.isRunning) await this.host.call({ type: 'unload', model: this.name });
  }

  private async runLoad({ paths, version }: CheckpointFiles & { readonly version: string }, signal: AbortSignal): Promise<void> {
    try {
      const { memoryBytes } = await this.host.call(
        { type: 'load', model: this.name, paths },
        { onProgress: (progress) => progress.type === 'loading' && this.onProgress(progress.progress), signal },
      );
      if (this.state.name === 'loading') this.enter({ name: 'loaded', memoryBytes });
    } catch (thrown) {
      const fault = this.noted(signal.aborted ? signal.reason : thrown, version);
      if (this.state.name === 'loading') this.enter({ name: 'failed', fault, version, isGivenUp: false });
      throw fault;
    }
  }

  private onProgress(progress: number): void {
    if (this.state.name !== 'loading') return;
    const isNewPercent = Math.floor(progress * 100) !== Math.floor(this.state.progress * 100);
    this.state.progress = progress;
    if (isNewPercent) this.publish(this.status);
    for (const listener of this.progressListeners) listener(progress);
  }

  private noted(thrown: unknown, version: string): Fault {
    const fault = Fault.from(thrown);
    if (fault.code !== 'local_model_crashed' || this.state.name === 'failed' || !this.crashes.note()) return fault;
    const message = `The engine died three times within a minute over ${this.name}, so it is not tried again until the file changes or it is unloaded. Last time: ${fault.message}`;
    const givenUp = new Fault('local_model_crashed', message, { cause: fault });
    this.enter({ name: 'failed', fault: givenUp, version, isGivenUp: true });
    return givenUp;
  }

  private enter(state: State): void {
    this.state = state;
    this.publish(this.status);
  }
}
