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
import type { RuleBuilder } from './rule-builder';

/** What works without llama.cpp. */
export interface Helpers {
  readonly inspector: HeaderInspector;
  readonly recogniser: CheckpointRecogniser;
  readonly rules: RuleBuilder;
}

type Sent<Type extends ToEngine['type']> = Extract<ToEngine, { readonly type: Type }>;
type Steering = Sent<'cancel' | 'pause' | 'resume'>;

/**
 * Routes the API's messages: what needs no llama.cpp to its helpers, everything else to the binding's thread. A file reaches
 * the binding only after its header was read and found sound, an answer's rules only as grammars.
 */
export class ControlLoop {
  /** Calls that the binding does not know yet, and what was said of each meanwhile. */
  private readonly preparing = new Map<number, Steering[]>();

  constructor(
    private readonly helpers: Helpers,
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
        void this.answering(message.id, async () => ({ type: 'recognised', ...(await this.helpers.recogniser.recognise(message)) }));
        return;
      case 'check':
        void this.answering(message.id, async () => {
          await this.helpers.rules.build(message);
          return { type: 'checked' };
        });
        return;
      case 'load':
      case 'measure':
      case 'tokenize':
      case 'detokenize':
      case 'vocabulary':
        void this.plan(message);
        return;
      case 'generate':
        void this.generate(message);
        return;
      case 'cancel':
      case 'pause':
      case 'resume':
        this.steer(message);
        return;
      default:
        this.binding.post(message);
    }
  }

  relay(batch: readonly FromBinding[]): void {
    this.outbox.pass(batch.filter((message) => message.type !== 'closed'));
  }

  private steer(message: Steering): void {
    const meanwhile = this.preparing.get(message.id);
    if (meanwhile === undefined) this.binding.post(message);
    else meanwhile.push(message);
  }

  private async inspect({ id, paths }: Sent<'inspect'>): Promise<void> {
    await this.answering(id, async () => ({ type: 'facts', facts: (await this.helpers.inspector.inspect(paths)).facts }));
  }

  private async generate({ format, ...call }: Sent<'generate'>): Promise<void> {
    const { tools } = call;
    if (format === undefined && tools?.forced === undefined) return this.binding.post(call);
    await this.prepare(call.id, async () => {
      this.binding.post({ ...call, ...(await this.helpers.rules.build({ ...(format && { format }), ...(tools && { tools }) })) });
    });
  }

  private async plan(call: FileCall & { readonly id: number }): Promise<void> {
    await this.prepare(call.id, async (meanwhile) => {
      const base = await this.helpers.inspector.inspect(call.paths);
      const { facts, weightBytes, kvBytesPerToken } = base;
      if (facts.kind === 'adapter') throw new EngineError('model_invalid', 'This is an adapter over a checkpoint, and no model by itself.');
      const adapterBytes = call.type === 'load' && call.adapter !== undefined ? await this.adapterBytes(call.adapter.path, base) : 0;
      const plan: LoadPlan = { weightBytes, adapterBytes, kvBytesPerToken, kvBudgetBytes: this.kvBudgetBytes(), trainedLength: facts.contextLength };
      if (meanwhile.some(({ type }) => type === 'cancel'))
        throw new EngineError('model_unloaded', `Loading ${call.model} was stopped. Send the request again.`, { retryable: true });
      this.binding.post({ ...call, plan });
    });
  }

  /** Has `work` give a call to the binding, which then learns what was said of it meanwhile. */
  private async prepare(id: number, work: (meanwhile: readonly Steering[]) => Promise<void>): Promise<void> {
    const meanwhile: Steering[] = [];
    this.preparing.set(id, meanwhile);
    await this.answering(id, async () => {
      await work(meanwhile);
      for (const message of meanwhile) this.binding.post(message);
      return null;
    });
    this.preparing.delete(id);
  }

  /** An adapter reaches the binding only when it is sound and was made for that checkpoint. */
  private async adapterBytes(path: string, base: CheckpointHeader): Promise<number> {
    try {
      const adapter = await this.helpers.inspector.inspect([path]);
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
