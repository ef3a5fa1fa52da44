import { Fault } from '@tandem/api/faults';
import { cancelledBy } from '@tandem/shared/concurrency';
import type { EngineAnswer, EngineCall, FromEngine } from '@tandem/shared/engine-protocol';
import { type AnswerTo, type CallOptions, faultOf, type LossFault } from './engine-call';
import { EngineProcess } from './engine-process';
import type { InferenceOptions } from './inference-options';

const HUNG_AFTER_SECONDS = 8;
/** For a file that is read from a slow disk, and computed with on one core. */
const DEADLINE_MS = 600_000;

/**
 * Runs calls in engine processes of their own, one after the other, each of which ends with its call: a file that ends
 * llama.cpp ends nobody's answer there. On one core and without the GPU, which belong to those who are being answered.
 * `destroy` ends the one that runs, and refuses the rest.
 */
export class EngineApart {
  private last: Promise<unknown> = Promise.resolve();
  private current: EngineProcess | null = null;
  private isClosed = false;

  constructor(private readonly options: InferenceOptions) {}

  /** @throws Fault like `EngineHost.call`; the signal's reason when that was aborted */
  call<Call extends EngineCall>(call: Call, options: CallOptions): Promise<AnswerTo<Call>> {
    const turn = this.last.then(() => this.run(call, options));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async destroy(): Promise<void> {
    this.isClosed = true;
    await this.current?.destroy();
    // one that has its answer already is still being ended
    await this.last;
  }

  private async run<Call extends EngineCall>(call: Call, { onProgress, signal }: CallOptions): Promise<AnswerTo<Call>> {
    signal?.throwIfAborted();
    if (this.isClosed) throw new Fault('server_restarting', 'Tandem is shutting down.', { retryable: true });
    let settle: (answer: EngineAnswer) => void = () => undefined;
    const answer = new Promise<EngineAnswer>((resolve) => (settle = resolve));
    const engine = this.start(
      (message) => {
        if (message.type === 'unavailable') settle({ type: 'fault', fault: message.fault });
        else if (message.type === 'loading') onProgress?.(message);
        else if (
          'id' in message &&
          message.type !== 'queued' &&
          message.type !== 'prompt' &&
          message.type !== 'text' &&
          message.type !== 'logprobs' &&
          message.type !== 'call' &&
          message.type !== 'scores'
        )
          settle(message);
      },
      (fault) => settle({ type: 'fault', fault }),
    );
    const end = (): void => void engine.destroy();
    const deadline = setTimeout(end, DEADLINE_MS).unref();
    try {
      engine.send({ ...call, id: 1 });
      const settled = await cancelledBy(answer, signal, end);
      signal?.throwIfAborted();
      if (settled.type === 'fault') throw faultOf(settled.fault);
      return settled as AnswerTo<Call>;
    } finally {
      clearTimeout(deadline);
      this.current = null;
      await engine.destroy();
    }
  }

  private start(onMessage: (message: FromEngine) => void, onLoss: (fault: LossFault) => void): EngineProcess {
    const { engineEntry, memoryBytes, hungAfterSeconds } = this.options;
    const onExit = (reason: string, isCrash: boolean): void => {
      const message = `The process that tries a model out is gone: ${reason}. Try again.`;
      onLoss({ code: 'local_model_crashed', message, retryable: true, isBystander: false, isCrash, reason });
    };
    this.current = new EngineProcess({
      entry: engineEntry,
      threads: 1,
      usesGpu: false,
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      hungAfterTicks: hungAfterSeconds ?? HUNG_AFTER_SECONDS,
      onMessage,
      onExit,
    });
    return this.current;
  }
}
