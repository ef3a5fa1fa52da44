import { untilAborted } from '@tandem/shared/concurrency';
import { sayTooLong } from '@tandem/shared/contracts';
import type { Adapter, CheckpointPaths, EngineAnswer, EngineCall, EngineProgress } from '@tandem/shared/engine-protocol';
import type { LlamaContext } from 'node-llama-cpp';
import type { BoundGenerateCall, LoadPlan } from '../binding-messages';
import { planContext } from '../context-plan';
import { EngineError } from '../engine-error';
import type { Wanted } from './choose-sequence';
import { type Control, Generation } from './generation';
import { Lockstep } from './lockstep';
import { callGrammar } from '../tools/call-grammar';
import type { KeptTexts } from './kept-texts';
import type { Prompt } from './prompt-renderer';
import { tryOut } from './try-out';
import { type Forgotten, type Lease, SequencePool } from './sequence-pool';
import { type ScoreUnderVocabulary, TextScorer } from './text-scorer';
import type { Vocabulary } from './vocabulary';
import type { AdaptedContext } from './weights';
import type { WeightsHold, SharedWeights } from './shared-weights';

/**
 * Below this, one thread answers faster than two: a layer takes less time than the threads need to meet after it.
 * On cores that others use as well it is the difference between 250 and 3 tokens/s.
 */
const SINGLE_THREAD_BYTES = 64 * 1024 * 1024;

/** Of no conversation, and to be read from its beginning. */
const UNKNOWN: Wanted = { tokens: [], conversation: null, owner: null };

export interface OpenOptions {
  readonly paths: CheckpointPaths;
  readonly adapter?: Adapter;
  readonly plan: LoadPlan;
  /** That may compute at once, over all models. */
  readonly threads: number;
  readonly kept: KeptTexts;
  /** Has it read and write a little before anybody waits for its answer. */
  readonly isNew?: true;
}

export type ScoreCall = Extract<EngineCall, { type: 'score' }>;
export type GenerationEnd = Extract<EngineAnswer, { type: 'end' }>;

/**
 * One seat in memory: its claim on the weights, one context over them, and as many sequences as may be answered at once.
 * The binding puts what they need at the same moment into one batch. `close` waits until nothing native runs on it: stop
 * its generations first.
 */
export class LoadedModel {
  private readonly context: LlamaContext;
  private readonly pool: SequencePool;
  private readonly lockstep = new Lockstep();
  private readonly running = new Set<Promise<unknown>>();

  private constructor(
    private readonly hold: WeightsHold,
    private readonly adapted: AdaptedContext,
    private readonly plan: LoadPlan,
    private readonly scorer: TextScorer,
  ) {
    const { context } = adapted;
    this.context = context;
    // The binding moves text out of a full context by default; an answer ends there instead. Its own copies of the state
    // of windowed models would take memory that no plan knows of.
    this.pool = new SequencePool(Array.from({ length: context.totalSequences }, () => context.getSequence({ checkpoints: { interval: false } })));
  }

  static async open(
    shared: SharedWeights,
    { paths, adapter, plan, threads, kept, isNew }: OpenOptions,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const hold = await shared.hold(paths, onProgress, signal);
    try {
      const { contextLength, sequences } = planContext(plan.trainedLength, plan.kvBytesPerToken, plan.kvBudgetBytes);
      const useful = plan.weightBytes < SINGLE_THREAD_BYTES ? 1 : threads;
      const options = { contextSize: contextLength, sequences, threads: useful, createSignal: signal };
      const adapted = await hold.weights.createContext(options, adapter);
      const scoring = { adapter, threads: useful, contextLength: adapted.context.contextSize, kvBytesPerToken: plan.kvBytesPerToken };
      const scorer = new TextScorer(hold.weights, scoring, kept);
      const model = new LoadedModel(hold, adapted, plan, scorer);
      if (isNew) await model.tryOut(signal).catch((thrown: unknown) => adapted.close().then(() => Promise.reject(thrown)));
      return model;
    } catch (thrown) {
      await hold.release();
      throw thrown;
    }
  }

  get contextLength(): number {
    return this.context.contextSize;
  }

  /** How many are answered at once. */
  get sequences(): number {
    return this.context.totalSequences;
  }

  /** Shared by all seats over the same files. */
  get weightBytes(): number {
    return this.hold.weights.memoryBytes;
  }

  get memoryBytes(): number {
    return this.weightBytes + this.context.memoryUsage.ram + this.context.memoryUsage.vram + this.plan.adapterBytes;
  }

  generate(call: BoundGenerateCall, report: (progress: EngineProgress) => void, control: Control): Promise<GenerationEnd> {
    return this.track(this.answer(call, report, control));
  }

  score(call: ScoreCall, report: (progress: EngineProgress) => void, signal: AbortSignal): Promise<ScoreUnderVocabulary> {
    return this.track(this.scorer.score(call, report, signal));
  }

  /** Lends the vocabulary for as long as `work` takes. */
  withVocabulary<Result>(work: (vocabulary: Vocabulary) => Promise<Result>): Promise<Result> {
    return this.track(work(this.hold.weights.vocabulary));
  }

  /** Drops the prompt state kept for a conversation, or for all of an owner. */
  forget(of: Forgotten): void {
    this.pool.forget(of);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.adapted.close();
    await this.hold.release();
  }

  private tryOut(signal: AbortSignal): Promise<void> {
    return this.onSequence(
      UNKNOWN,
      signal,
      () => undefined,
      (lease) => tryOut(lease, signal),
    );
  }

  private async promptOf({ messages, isRaw, promptTokens, tools }: BoundGenerateCall, signal: AbortSignal): Promise<Prompt> {
    const { vocabulary } = this.hold.weights;
    const prompt =
      promptTokens === undefined
        ? await untilAborted(vocabulary.prompts.render(messages, { isRaw, tools }), signal)
        : { tokens: vocabulary.checked(promptTokens), opening: '' };
    if (prompt.tokens.length >= this.contextLength) {
      throw new EngineError('context_length_exceeded', sayTooLong('prompt', prompt.tokens.length, this.contextLength));
    }
    return prompt;
  }

  private async answer(call: BoundGenerateCall, report: (progress: EngineProgress) => void, control: Control): Promise<GenerationEnd> {
    const { signal } = control;
    const { tokens: prompt, opening } = await this.promptOf(call, signal);
    const { parameters, penalties, conversation = null, owner = null, isFresh } = call;
    const { weights } = this.hold;
    const grammar = call.argumentRules ? callGrammar(call.argumentRules, weights.vocabulary.prompts.callFormat, call.tools?.isParallel ?? false) : call.grammar;
    const rules = grammar === undefined ? undefined : await weights.rules(grammar);
    const queuedAt = performance.now();
    const onPosition = (position: number): void => report({ type: 'queued', position });
    return this.onSequence({ tokens: isFresh ? [] : prompt, conversation, owner }, signal, onPosition, async (lease) => {
      const queueMs = performance.now() - queuedAt;
      report({ type: 'prompt', tokens: prompt.length });
      const likelihoods = call.logprobs === undefined ? undefined : weights.likelihoods(call.logprobs);
      const input = { prompt, opening, parameters, penalties, rules, tools: call.tools, likelihoods, vocabulary: weights.vocabulary, lockstep: this.lockstep };
      const generation = new Generation(isFresh ? { ...lease, kept: [] } : lease, input);
      const finishReason = await generation.run(report, control).finally(() => likelihoods?.close());
      const { usage, cachedTokens, tokensPerSecond } = generation;
      return { type: 'end', finishReason, usage, cachedTokens, queueMs, tokensPerSecond };
    });
  }

  private async onSequence<Result>(
    wanted: Wanted,
    signal: AbortSignal,
    onPosition: (position: number) => void,
    work: (lease: Lease) => Promise<Result>,
  ): Promise<Result> {
    const lease = await this.pool.acquire(wanted, signal, onPosition);
    let isSound = false;
    try {
      const result = await work(lease);
      isSound = true;
      return result;
    } finally {
      this.pool.release(lease, isSound);
    }
  }

  private track<Result>(work: Promise<Result>): Promise<Result> {
    this.running.add(work);
    void work.catch(() => undefined).finally(() => this.running.delete(work));
    return work;
  }
}
