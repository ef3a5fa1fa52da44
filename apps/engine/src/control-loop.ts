import { basename } from 'node:path';
import type { EngineAnswer, ToEngine } from '@tandem/shared/engine-protocol';
import type { FileCall, FromBinding, LoadPlan } from './binding-messages';
import type { BindingThread } from './binding-thread';
import { EngineError, engineFaultOf } from './engine-error';
import { checkFit } from './gguf/check-fit';
import type { CheckpointHeader } from './gguf/checkpoint-header';
import type { CheckpointRecogniser } from './checkpoint-recogniser';
import type { HeaderInspector } from './header-inspector';
import type { Outbox } from './outbox';

/** What reads files without loading them. */
export interface Readers {
  readonly inspector: HeaderInspector;
  readonly recogniser: CheckpointRecogniser;
}

/**
 * Routes the API's messages: headers and checkpoints of other formats to their readers, everything else to the binding's thread. A file reaches the
 * binding only after its header was read and found sound.
 */
export class ControlLoop {
  /** Calls that the binding does not know yet, and whether they were cancelled meanwhile. */
  private readonly planning = new Map<number, { isCancelled: boolean }>();

  constructor(
    private readonly readers: Readers,
    private readonly binding: BindingThread,
    private readonly outbox: Outbox,
    private readonly kvBudgetBytes: () => number,
  ) {}

  take(message: Exclude<ToEngine, { type: 'shutdown' }>): void {
    switch (message.type) {
      case 'inspect':
        void this.inspect(message);
        return;
      case 'recognise':
        void this.answering(message.id, async () => ({ type: 'recognised', ...(await this.readers.recogniser.recognise(message)) }));
        return;
      case 'load':
      case 'measure':
      case 'tokenize':
      case 'detokenize':
      case 'vocabulary':
        void this.plan(message);
        return;
      case 'cancel':
        this.cancel(message);
        return;
      default:
        this.binding.post(message);
    }
  }

  relay(batch: readonly FromBinding[]): void {
    for (const message of batch) if (message.type !== 'closed') this.outbox.post(message);
    this.outbox.flush();
  }

  private cancel(message: Extract<ToEngine, { type: 'cancel' }>): void {
    const planned = this.planning.get(message.id);
    if (planned === undefined) this.binding.post(message);
    else planned.isCancelled = true;
  }

  private async inspect({ id, paths }: Extract<ToEngine, { type: 'inspect' }>): Promise<void> {
    await this.answering(id, async () => ({ type: 'facts', facts: (await this.readers.inspector.inspect(paths)).facts }));
  }

  private async plan(call: FileCall & { readonly id: number }): Promise<void> {
    const planned = { isCancelled: false };
    this.planning.set(call.id, planned);
    await this.answering(call.id, async () => {
      const base = await this.readers.inspector.inspect(call.paths);
      const { facts, weightBytes, kvBytesPerToken } = base;
      if (facts.kind === 'adapter') throw new EngineError('model_invalid', 'This is an adapter over a checkpoint, and no model by itself.');
      const adapterBytes = call.type === 'load' && call.adapter !== undefined ? await this.adapterBytes(call.adapter.path, base) : 0;
      const plan: LoadPlan = { weightBytes, adapterBytes, kvBytesPerToken, kvBudgetBytes: this.kvBudgetBytes(), trainedLength: facts.contextLength };
      if (planned.isCancelled) throw new EngineError('model_unloaded', `Loading ${call.model} was stopped. Send the request again.`, { retryable: true });
      this.binding.post({ ...call, plan });
      return null;
    }).finally(() => this.planning.delete(call.id));
  }

  /** An adapter reaches the binding only when it is sound and was made for that checkpoint. */
  private async adapterBytes(path: string, base: CheckpointHeader): Promise<number> {
    try {
      const adapter = await this.readers.inspector.inspect([path]);
      checkFit(adapter, base);
      return adapter.weightBytes;
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      const { code, message, retryable, isSecurityEvent } = thrown;
      throw new EngineError(code, `The adapter ${basename(path)} cannot be used. ${message}`, { retryable, isSecurityEvent });
    }
  }

  /** Posts what `work` found, or how it failed; null when someone else answers the call. */
  private async answering(id: number, work: () => Promise<EngineAnswer | null>): Promise<void> {
    const answer = await work().catch((thrown: unknown): EngineAnswer => ({ type: 'fault', fault: engineFaultOf(thrown) }));
    if (answer !== null) this.outbox.post({ ...answer, id });
  }
}
