import { SharedTask } from '@tandem/shared/concurrency';
import { type EngineAnswer, type EngineProgress, withoutPaths } from '@tandem/shared/engine-protocol';
import type { Llama } from 'node-llama-cpp';
import type { BindingSettings, LoadPlan, ToBinding } from '../binding-messages';
import { EngineError } from '../engine-error';
import { planContext } from '../context-plan';
import { TemplateProcess } from '../template-process';
import type { Control } from './generation';
import { KeptTexts } from './kept-texts';
import { LoadedModel } from './loaded-model';
import type { Forgotten } from './sequence-pool';
import type { SpareThread } from './spare-thread';
import type { Vocabulary } from './vocabulary';
import { VocabularyCache } from './vocabulary-cache';
import { SharedWeights } from './shared-weights';

type Call<Type> = Extract<ToBinding, { readonly type: Type }>;
type Report = (progress: EngineProgress) => void;

/** Between two reports of a load, in milliseconds. */
const PROGRESS_MS = 125;
/** llama.cpp says why a load failed in words only, in its log. */
const OUT_OF_MEMORY = /insufficient|allocat|out of memory|too large for the available/i;

interface Entry {
  /** Tells how far it is, from 0 to 1. */
  readonly load: SharedTask<LoadedModel, number>;
  /** Stops the load, and every generation on the model. */
  readonly stop: AbortController;
  model: LoadedModel | null;
}

/**
 * The seats in memory by name. Loads each once however many ask, for as long as any of them waits, and unloads it only
 * after its generations were stopped and the binding let go of them. `close` unloads them all.
 */
export class LoadedModels {
  private readonly entries = new Map<string, Entry>();
  private readonly closings = new Map<string, Promise<void>>();
  private readonly weights: SharedWeights;
  private readonly vocabularies: VocabularyCache;
  private readonly templates = new TemplateProcess();
  private readonly kept = new KeptTexts();

  constructor(
    llama: Llama,
    private readonly settings: BindingSettings,
    private readonly spare: SpareThread,
    /** What llama.cpp complained about last. */
    private readonly lastComplaint: () => string,
  ) {
    this.weights = new SharedWeights(llama, this.templates);
    this.vocabularies = new VocabularyCache(llama, this.templates);
  }

  async load(call: Call<'load'>, report: Report, signal: AbortSignal): Promise<EngineAnswer> {
    await this.closings.get(call.model);
    if (signal.aborted) throw stopped(call.model);
    const entry = this.entries.get(call.model) ?? this.open(call);
    const { memoryBytes, weightBytes, contextLength, sequences } = await this.opened(call.model, entry, report, signal);
    return { type: 'loaded', memoryBytes, weightBytes, contextLength, sequences };
  }

  async unload(name: string): Promise<EngineAnswer> {
    this.letGo(name);
    await this.closings.get(name);
    return { type: 'unloaded' };
  }

  async generate(call: Call<'generate'>, report: Report, { signal, gate }: Control): Promise<EngineAnswer> {
    const { model, stop } = await this.modelNamed(call.model, signal);
    const either = AbortSignal.any([signal, stop.signal]);
    const end = await model.generate(call, report, { signal: either, gate });
    if (stop.signal.aborted && !signal.aborted) throw unloaded(call.model);
    return end;
  }

  async score(call: Call<'score'>, report: Report, signal: AbortSignal): Promise<EngineAnswer> {
    const { model, stop } = await this.modelNamed(call.model, signal);
    return { type: 'scored', ...(await model.score(call, report, AbortSignal.any([signal, stop.signal]))) };
  }

  async measure(call: Call<'measure'>, signal: AbortSignal): Promise<EngineAnswer> {
    const { messages, isRaw, tools } = call;
    const tokens = await this.withVocabulary(call, signal, (vocabulary) => vocabulary.tokenize(messages, { isRaw, tools }));
    const contextLength = this.entries.get(call.model)?.model?.contextLength ?? plannedLength(call.plan);
    return { type: 'measured', promptTokens: tokens.length, contextLength };
  }

  tokenize(call: Call<'tokenize'>, signal: AbortSignal): Promise<EngineAnswer> {
    const { messages, isRaw, isBare } = call;
    return this.withVocabulary(call, signal, async (vocabulary) => {
      const tokens = await vocabulary.tokenize(messages, { isRaw, isBare });
      return { type: 'tokenized', tokens, pieces: tokens.map((token) => vocabulary.pieceOf(token)) };
    });
  }

  detokenize(call: Call<'detokenize'>, signal: AbortSignal): Promise<EngineAnswer> {
    return this.withVocabulary(call, signal, (vocabulary) => ({ type: 'detokenized', text: vocabulary.detokenize(call.tokens) }));
  }

  vocabulary(call: Call<'vocabulary'>, signal: AbortSignal): Promise<EngineAnswer> {
    return this.withVocabulary(call, signal, (vocabulary) => ({ type: 'vocabulary', vocabulary: vocabulary.facts }));
  }

  drop(buffer: string): EngineAnswer {
    this.kept.drop(buffer);
    return { type: 'dropped' };
  }

  /** Drops the prompt state kept for a conversation, or for all of an owner, in every model. */
  forget(of: Forgotten): EngineAnswer {
    for (const { model } of this.entries.values()) model?.forget(of);
    return { type: 'forgotten' };
  }

  async close(): Promise<void> {
    await Promise.all([...this.entries.keys()].map((name) => this.unload(name)));
    await this.vocabularies.close();
    await this.templates.close();
  }

  /** Of what is not loaded the vocabulary alone is read. */
  private async withVocabulary<Result>(
    { model, paths }: Pick<Call<'measure'>, 'model' | 'paths'>,
    signal: AbortSignal,
    work: (vocabulary: Vocabulary) => Result | Promise<Result>,
  ): Promise<Result> {
    const loaded = this.entries.get(model)?.model;
    if (loaded) return loaded.withVocabulary(async (vocabulary) => work(vocabulary));
    this.lastComplaint();
    try {
      return await this.spare.during(() => this.vocabularies.use(paths, signal, work));
    } catch (thrown) {
      throw signal.aborted || thrown instanceof EngineError ? thrown : this.loadFailure(thrown);
    }
  }

  private async modelNamed(name: string, signal: AbortSignal): Promise<{ model: LoadedModel; stop: AbortController }> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw unloaded(name);
    return { model: await this.opened(name, entry, () => undefined, signal), stop: entry.stop };
  }

  /** The last who gives up waiting stops the load, and has the memory back when this rejects. */
  private async opened(name: string, entry: Entry, report: Report, signal: AbortSignal): Promise<LoadedModel> {
    try {
      return await entry.load.join((progress) => report({ type: 'loading', progress }), signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      await this.closings.get(name);
      throw stopped(name);
    }
  }

  private open(call: Call<'load'>): Entry {
    const stop = new AbortController();
    const load = new SharedTask<LoadedModel, number>(
      (left, tell) => {
        left.addEventListener('abort', () => this.letGo(call.model), { once: true });
        return this.bring(call, tell, stop.signal);
      },
      () => stopped(call.model),
    );
    const entry: Entry = { load, stop, model: null };
    this.entries.set(call.model, entry);
    load.done.then(
      (model) => (entry.model = model),
      () => this.entries.get(call.model) === entry && this.entries.delete(call.model),
    );
    return entry;
  }

  private async bring(call: Call<'load'>, tell: (progress: number) => void, signal: AbortSignal): Promise<LoadedModel> {
    const onProgress = throttled(tell);
    // What was said before has nothing to do with this file.
    this.lastComplaint();
    const options = { ...call, threads: this.settings.threads, kept: this.kept };
    try {
      const model = await this.spare.during(() => LoadedModel.open(this.weights, options, onProgress, signal));
      // The binding's own reports may come later than the model.
      onProgress(1);
      return model;
    } catch (thrown) {
      throw signal.aborted ? unloaded(call.model) : this.loadFailure(thrown);
    }
  }

  private letGo(name: string): void {
    const entry = this.entries.get(name);
    if (entry === undefined) return;
    this.entries.delete(name);
    const closing = closeEntry(entry).finally(() => this.closings.delete(name));
    this.closings.set(name, closing);
  }

  private loadFailure(thrown: unknown): EngineError {
    if (thrown instanceof EngineError) return thrown;
    const detail = this.lastComplaint() || withoutPaths(thrown instanceof Error ? thrown.message : String(thrown));
    return new EngineError(OUT_OF_MEMORY.test(detail) ? 'insufficient_memory' : 'model_invalid', `llama.cpp cannot load this file: ${detail}`);
  }
}

async function closeEntry({ load, stop }: Entry): Promise<void> {
  stop.abort(new EngineError('model_unloaded', 'The model was unloaded.'));
  const model = await load.done.catch(() => null);
  await model?.close();
}

function stopped(name: string): EngineError {
  return new EngineError('model_unloaded', `Loading ${name} was stopped. Send the request again.`, { retryable: true });
}

function unloaded(name: string): EngineError {
  return new EngineError('model_unloaded', `The model ${name} was unloaded while it was needed. Send the request again.`, { retryable: true });
}

/** At most eight reports a second besides the last, and never less than before: the binding reports every tensor. */
function throttled(report: (progress: number) => void): (progress: number) => void {
  let last = -1;
  let toldAtMs = -Infinity;
  return (progress) => {
    const nowMs = performance.now();
    if (progress <= last || (progress < 1 && (progress - last < 0.01 || nowMs - toldAtMs < PROGRESS_MS))) return;
    last = progress;
    toldAtMs = nowMs;
    report(progress);
  };
}

function plannedLength({ trainedLength, kvBytesPerToken, kvBudgetBytes }: LoadPlan): number {
  return planContext(trainedLength, kvBytesPerToken, kvBudgetBytes).contextLength;
}
