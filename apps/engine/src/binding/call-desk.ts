import type { EngineAnswer, EngineProgress, FromEngine } from '@tandem/shared/engine-protocol';
import type { ToBinding } from '../binding-messages';
import { engineFaultOf } from '../engine-error';
import { Gate } from './gate';
import type { LoadedModels } from './loaded-models';

type Call = Exclude<ToBinding, { readonly type: 'cancel' | 'pause' | 'resume' | 'shutdown' }>;

const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/**
 * Takes calls in, gives each to the models, and answers each exactly once. A generation that is cancelled while it
 * waits has no end of its own; this desk gives it one.
 */
export class CallDesk {
  private readonly stops = new Map<number, AbortController>();
  private readonly gates = new Map<number, Gate>();

  constructor(
    private readonly models: LoadedModels,
    private readonly post: (message: FromEngine) => void,
  ) {}

  async take(call: Call): Promise<void> {
    const stop = new AbortController();
    this.stops.set(call.id, stop);
    const report = (progress: EngineProgress): void => this.post({ ...progress, id: call.id });
    const answer = await this.answer(call, report, stop.signal);
    this.stops.delete(call.id);
    this.gates.delete(call.id);
    this.post({ ...answer, id: call.id });
  }

  cancel(id: number): void {
    this.stops.get(id)?.abort(new Error('cancelled'));
  }

  pause(id: number): void {
    this.gates.get(id)?.pause();
  }

  resume(id: number): void {
    this.gates.get(id)?.resume();
  }

  cancelAll(): void {
    for (const stop of this.stops.values()) stop.abort(new Error('cancelled'));
  }

  private async answer(call: Call, report: (progress: EngineProgress) => void, signal: AbortSignal): Promise<EngineAnswer> {
    try {
      return await this.run(call, report, signal);
    } catch (thrown) {
      if (signal.aborted && call.type === 'generate') {
        return { type: 'end', finishReason: 'cancelled', usage: NO_USAGE, cachedTokens: 0, queueMs: 0, tokensPerSecond: null };
      }
      return { type: 'fault', fault: engineFaultOf(thrown) };
    }
  }

  private run(call: Call, report: (progress: EngineProgress) => void, signal: AbortSignal): Promise<EngineAnswer> {
    switch (call.type) {
      case 'load':
        return this.models.load(call, report, signal);
      case 'unload':
        return this.models.unload(call.model);
      case 'generate':
        return this.models.generate(call, report, { signal, gate: this.gateOf(call.id) });
      case 'score':
        return this.models.score(call, report, signal);
      case 'measure':
        return this.models.measure(call, signal);
      case 'tokenize':
        return this.models.tokenize(call, signal);
      case 'detokenize':
        return this.models.detokenize(call, signal);
      case 'vocabulary':
        return this.models.vocabulary(call, signal);
      case 'drop':
        return Promise.resolve(this.models.drop(call.buffer));
      case 'forget':
        return Promise.resolve(this.models.forget(call));
      default:
        return call satisfies never;
    }
  }

  private gateOf(id: number): Gate {
    const gate = new Gate();
    this.gates.set(id, gate);
    return gate;
  }
}
