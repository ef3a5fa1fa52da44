import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { engineGone, Fault } from '@tandem/api/faults';
import { cancelledBy } from '@tandem/shared/concurrency';
import type { EngineAnswer, EngineCall, EngineFault, EngineProgress, FromEngine } from '@tandem/shared/engine-protocol';
import { EngineApart } from './engine-apart';
import { type AnswerTo, type CallOptions, faultOf, type LossFault } from './engine-call';
import { EngineProcess } from './engine-process';
import { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
import { RestartDelay } from './restart-delay';

const CLOSE_DEADLINE_MS = 6_000;
const HUNG_AFTER_SECONDS = 8;

/** Calls that need no llama.cpp. */
const READS_ONLY: ReadonlySet<EngineCall['type']> = new Set(['inspect', 'recognise', 'check']);

export type EngineState = 'idle' | 'starting' | 'ready' | 'closing' | 'closed' | 'failed';

interface PendingCall {
  readonly type: EngineCall['type'];
  readonly settle: (answer: EngineAnswer) => void;
  readonly onProgress: ((progress: EngineProgress) => void) | undefined;
}

/**
 * The only spawner. Keeps one engine process while there is something to ask it, ties answers to calls, and turns the
 * end of the process into a fault for every call that was open; the next call starts a new one, later and later when
 * that keeps happening. Nest closes it; `close` and `destroy` may be called any number of times.
 */
@Injectable()
export class EngineHost implements OnModuleDestroy {
  private readonly logger = new Logger('Engine');
  private readonly pending = new Map<number, PendingCall>();
  private readonly lossListeners = new Set<(reason: string) => void>();
  private readonly restarts = new RestartDelay();
  private readonly apart: EngineApart;
  /** The process outlives the request that first needed it: what is logged about it must not carry that one's id. */
  private readonly outsideRequests = AsyncLocalStorage.snapshot();
  private current: EngineProcess | null = null;
  private starting: Promise<EngineProcess> | null = null;
  private unavailable: EngineFault | null = null;
  private lastId = 0;
  private engineState: EngineState = 'idle';

  constructor(@Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions) {
    this.apart = new EngineApart(options);
  }

  get state(): EngineState {
    return this.engineState;
  }

  /** Why llama.cpp cannot be used on this machine; null where it can, or where that is not known yet. */
  get unavailableReason(): string | null {
    return this.unavailable?.message ?? null;
  }

  /** The engine's process id, while there is one. */
  get pid(): number | undefined {
    return this.current?.pid;
  }

  /** Whether there is an engine, so that asking it starts none. */
  get isRunning(): boolean {
    return this.current !== null;
  }

  /** Called whenever an engine process is gone, and with it every model it held. Returns how to stop listening. */
  onLoss(listener: (reason: string) => void): () => void {
    this.lossListeners.add(listener);
    return () => this.lossListeners.delete(listener);
  }

  /** @throws Fault what the engine answered, or `local_model_crashed` when it died over it. */
  async call<Call extends EngineCall>(call: Call, { onProgress, hold, signal }: CallOptions = {}): Promise<AnswerTo<Call>> {
    const engine = await this.engine();
    signal?.throwIfAborted();
    if (this.unavailable !== null && !READS_ONLY.has(call.type)) throw faultOf(this.unavailable);
    const id = ++this.lastId;
    const cancel = (): void => engine.send({ type: 'cancel', id });
    const answer = new Promise<EngineAnswer>((settle) => this.pending.set(id, { type: call.type, settle, onProgress }));
    engine.send({ ...call, id });
    hold?.({ pause: () => engine.send({ type: 'pause', id }), resume: () => engine.send({ type: 'resume', id }) });
    const settled = await cancelledBy(answer, signal, cancel);
    if (settled.type === 'fault') throw faultOf(settled.fault);
    return settled as AnswerTo<Call>;
  }

  /** Like `call`, in an engine process that is started for it and ends with it: nobody else is answered there. */
  callApart<Call extends EngineCall>(call: Call, options: CallOptions = {}): Promise<AnswerTo<Call>> {
    return this.outsideRequests(() => this.apart.call(call, options));
  }

  /** Takes no more calls, cancels those that are open, and has the engine let go in order: no longer than the deadline. It drains nothing. */
  async close(deadlineMs: number): Promise<void> {
    if (this.engineState !== 'closed') this.engineState = 'closing';
    await Promise.all([this.current?.close(deadlineMs), this.apart.destroy()]);
    this.engineState = 'closed';
  }

  /** Ends it now. */
  async destroy(): Promise<void> {
    this.engineState = 'closed';
    await Promise.all([this.current?.destroy(), this.apart.destroy()]);
  }

  onModuleDestroy(): Promise<void> {
    return this.close(CLOSE_DEADLINE_MS);
  }

  private engine(): Promise<EngineProcess> {
    if (this.engineState === 'closing' || this.engineState === 'closed') {
      return Promise.reject(new Fault('server_restarting', 'Tandem is shutting down.', { retryable: true }));
    }
    if (this.current !== null) return Promise.resolve(this.current);
    this.starting ??= this.start().finally(() => (this.starting = null));
    return this.starting;
  }

  private async start(): Promise<EngineProcess> {
    await this.restarts.wait();
    if (this.engineState === 'closing' || this.engineState === 'closed') return this.engine();
    this.engineState = 'starting';
    this.unavailable = null;
    const engine = this.outsideRequests(
      () =>
        new EngineProcess({
          entry: this.options.engineEntry,
          threads: this.options.threads,
          usesGpu: this.options.usesGpu ?? true,
          ...(this.options.memoryBytes === undefined ? {} : { memoryBytes: this.options.memoryBytes }),
          hungAfterTicks: this.options.hungAfterSeconds ?? HUNG_AFTER_SECONDS,
          onMessage: (message) => this.receive(message),
          onExit: (reason, isCrash) => this.onExit(reason, isCrash),
        }),
    );
    this.current = engine;
    return engine;
  }

  private receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        if (this.engineState === 'starting') this.engineState = 'ready';
        this.logger.log(`Ready: ${message.backend}, ${message.threads} threads`);
        return;
      case 'unavailable':
        this.logger.warn(message.fault.message);
        this.unavailable = message.fault;
        this.settleAll(({ type }) => (READS_ONLY.has(type) ? null : message.fault));
        return;
      case 'alive':
        return;
      case 'loading':
      case 'queued':
      case 'prompt':
      case 'scores':
      case 'text':
      case 'logprobs':
      case 'call':
        this.pending.get(message.id)?.onProgress?.(message);
        return;
      default: {
        const call = this.pending.get(message.id);
        this.pending.delete(message.id);
        if (message.type === 'end') this.restarts.forget();
        call?.settle(message);
      }
    }
  }

  private onExit(reason: string, isCrash: boolean): void {
    this.current = null;
    const isExpected = this.engineState === 'closing' || this.engineState === 'closed';
    if (!isExpected) {
      this.engineState = 'failed';
      this.restarts.note();
      this.logger.warn(`The engine process is gone: ${reason}`);
    }
    const fault: EngineFault = isExpected
      ? { code: 'server_restarting', message: 'Tandem is shutting down.', retryable: true }
      : engineGone(reason).toFrameError();
    const isLoadingAny = [...this.pending.values()].some(({ type }) => type === 'load');
    const lossOf = (call: PendingCall): LossFault => ({ ...fault, isBystander: isLoadingAny && call.type !== 'load', isCrash, reason });
    this.settleAll(lossOf);
    for (const listener of this.lossListeners) listener(reason);
  }

  /** Ends every open call for which there is a fault. */
  private settleAll(faultFor: (call: PendingCall) => EngineFault | null): void {
    for (const [id, call] of [...this.pending]) {
      const fault = faultFor(call);
      if (fault === null) continue;
      this.pending.delete(id);
      call.settle({ type: 'fault', fault });
    }
  }
}
