import { type EngineAnswer, type EngineProgress, withoutPaths } from '@tandem/shared/engine-protocol';
import type { Llama } from 'node-llama-cpp';
import type { BindingSettings, LoadPlan, ToBinding } from '../binding-messages';
import { EngineError } from '../engine-error';
import { planContext } from '../context-plan';
import { LoadedModel } from './loaded-model';
import { PromptRenderer } from './prompt-renderer';
import type { SpareThread } from './spare-thread';

type Call<Type> = Extract<ToBinding, { readonly type: Type }>;
type Report = (progress: EngineProgress) => void;

interface Place {
  /** Who waits for the load, to be told its progress. */
  readonly listeners: Set<Report>;
  readonly opened: Promise<LoadedModel>;
  /** Stops the load, and every generation on the model. */
  readonly stop: AbortController;
}

/**
 * The models in memory by name. Loads each once however many ask, and unloads it only after its generations were
 * stopped and the binding let go of them. `close` empties the shelf.
 */
export class ModelShelf {
  private readonly places = new Map<string, Place>();
  private readonly closings = new Map<string, Promise<void>>();

  constructor(
    private readonly llama: Llama,
    private readonly settings: BindingSettings,
    private readonly spare: SpareThread,
    /** What llama.cpp complained about last. */
    private readonly lastComplaint: () => string,
  ) {}

  async load(call: Call<'load'>, report: Report): Promise<EngineAnswer> {
    await this.closings.get(call.model);
    const place = this.places.get(call.model) ?? this.open(call);
    place.listeners.add(report);
    try {
      const model = await place.opened;
      return { type: 'loaded', memoryBytes: model.memoryBytes, contextLength: model.contextLength, sequences: model.sequences };
    } finally {
      place.listeners.delete(report);
    }
  }

  async unload(name: string): Promise<EngineAnswer> {
    const place = this.places.get(name);
    if (place !== undefined) {
      this.places.delete(name);
      this.closings.set(name, closePlace(place));
    }
    await this.closings.get(name);
    this.closings.delete(name);
    return { type: 'unloaded' };
  }

  async generate(call: Call<'generate'>, report: Report, signal: AbortSignal): Promise<EngineAnswer> {
    const { model, stop } = await this.modelNamed(call.model);
    const either = AbortSignal.any([signal, stop.signal]);
    const end = await model.generate(call, report, either);
    if (stop.signal.aborted && !signal.aborted) throw unloaded(call.model);
    return end;
  }

  async score(call: Call<'score'>, signal: AbortSignal): Promise<EngineAnswer> {
    const { model, stop } = await this.modelNamed(call.model);
    return { type: 'scored', ...(await model.score(call.messages, call.text, AbortSignal.any([signal, stop.signal]))) };
  }

  /** A model that is not loaded lends its vocabulary for the moment. */
  async measure(call: Call<'measure'>, signal: AbortSignal): Promise<EngineAnswer> {
    const loaded = await this.places.get(call.model)?.opened.catch(() => undefined);
    if (loaded !== undefined) {
      return { type: 'measured', promptTokens: loaded.promptLength(call.messages), contextLength: loaded.contextLength };
    }
    const model = await this.llama.loadModel({ modelPath: call.paths[0] ?? '', vocabOnly: true, loadSignal: signal });
    try {
      return { type: 'measured', promptTokens: new PromptRenderer(model).render(call.messages).length, contextLength: plannedLength(call.plan) };
    } finally {
      await model.dispose();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.places.keys()].map((name) => this.unload(name)));
  }

  private async modelNamed(name: string): Promise<{ model: LoadedModel; stop: AbortController }> {
    const place = this.places.get(name);
    if (place === undefined) throw unloaded(name);
    return { model: await place.opened, stop: place.stop };
  }

  private open(call: Call<'load'>): Place {
    const listeners = new Set<Report>();
    const stop = new AbortController();
    const onProgress = throttled((progress) => {
      for (const listener of listeners) listener({ type: 'loading', progress });
    });
    // What was said before has nothing to do with this file.
    this.lastComplaint();
    const { threads } = this.settings;
    const options = { path: call.paths[0] ?? '', plan: call.plan, threads };
    const opened = this.spare.during(() => LoadedModel.open(this.llama, options, onProgress, stop.signal)).catch((thrown: unknown) => {
      if (this.places.get(call.model) === place) this.places.delete(call.model);
      throw stop.signal.aborted ? unloaded(call.model) : this.loadFailure(thrown);
    });
    const place: Place = { listeners, opened, stop };
    this.places.set(call.model, place);
    return place;
  }

  private loadFailure(thrown: unknown): EngineError {
    if (thrown instanceof EngineError) return thrown;
    const detail = this.lastComplaint() || withoutPaths(thrown instanceof Error ? thrown.message : String(thrown));
    const isMemory = /insufficient|allocat|out of memory|too large for the available/i.test(detail);
    return new EngineError(isMemory ? 'insufficient_memory' : 'model_invalid', `llama.cpp cannot load this file: ${detail}`);
  }
}

async function closePlace({ opened, stop }: Place): Promise<void> {
  stop.abort(new EngineError('model_unloaded', 'The model was unloaded.'));
  const model = await opened.catch(() => null);
  await model?.close();
}

function unloaded(name: string): EngineError {
  return new EngineError('model_unloaded', `The model ${name} was unloaded while it was needed. Send the request again.`, true);
}

/** At most one report per hundredth: the binding reports every tensor. */
function throttled(report: (progress: number) => void): (progress: number) => void {
  let last = -1;
  return (progress) => {
    if (progress < 1 && progress - last < 0.01) return;
    last = progress;
    report(progress);
  };
}

function plannedLength({ trainedLength, kvBytesPerToken, kvBudgetBytes }: LoadPlan): number {
  return planContext(trainedLength, kvBytesPerToken, kvBudgetBytes).contextLength;
}
