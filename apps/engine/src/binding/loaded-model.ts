import type { ChatMessage } from '@tandem/shared/contracts';
import type { EngineAnswer, EngineCall, EngineProgress } from '@tandem/shared/engine-protocol';
import type { Llama, LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import type { LoadPlan } from '../binding-messages';
import { planContext } from '../context-plan';
import { EngineError } from '../engine-error';
import { Generation } from './generation';
import { Lockstep } from './lockstep';
import { PromptRenderer } from './prompt-renderer';
import { scoreText, type Score } from './score-text';
import { SequencePool } from './sequence-pool';
import { type TokenBytes, tokenBytesOf } from './token-bytes';

/**
 * Below this, one thread answers faster than two: a layer takes less time than the threads need to meet after it.
 * On cores that others use as well it is the difference between 250 and 3 tokens/s.
 */
const SINGLE_THREAD_BYTES = 64 * 1024 * 1024;

export interface OpenOptions {
  readonly path: string;
  readonly plan: LoadPlan;
  /** That may compute at once, over all models. */
  readonly threads: number;
}

export type GenerateCall = Extract<EngineCall, { type: 'generate' }>;
export type GenerationEnd = Extract<EngineAnswer, { type: 'end' }>;

/**
 * One checkpoint in memory: the model, one context, and as many sequences as may be answered at once. The binding puts
 * what they need at the same moment into one batch. `close` waits until nothing native runs on it: stop its
 * generations first.
 */
export class LoadedModel {
  private readonly prompts: PromptRenderer;
  private readonly bytesOf: TokenBytes;
  private readonly pool: SequencePool;
  private readonly lockstep = new Lockstep();
  private readonly running = new Set<Promise<unknown>>();

  private constructor(
    private readonly model: LlamaModel,
    private readonly context: LlamaContext,
  ) {
    this.prompts = new PromptRenderer(model);
    this.bytesOf = tokenBytesOf(model);
    // The binding moves text out of a full context by default; an answer ends there instead.
    this.pool = new SequencePool(Array.from({ length: context.totalSequences }, () => context.getSequence()));
  }

  static async open(
    llama: Llama,
    { path, plan, threads }: OpenOptions,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const model = await llama.loadModel({ modelPath: path, gpuLayers: 'auto', onLoadProgress: onProgress, loadSignal: signal });
    try {
      const { contextLength, sequences } = planContext(plan.trainedLength, plan.kvBytesPerToken, plan.kvBudgetBytes);
      const context = await model.createContext({
        contextSize: contextLength,
        sequences,
        threads: plan.weightBytes < SINGLE_THREAD_BYTES ? 1 : threads,
        createSignal: signal,
      });
      return new LoadedModel(model, context);
    } catch (thrown) {
      await model.dispose();
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

  get memoryBytes(): number {
    return this.model.memoryUsage.ram + this.model.memoryUsage.vram + this.context.memoryUsage.ram + this.context.memoryUsage.vram;
  }

  generate(call: GenerateCall, report: (progress: EngineProgress) => void, signal: AbortSignal): Promise<GenerationEnd> {
    const prompt = this.promptOf(call.messages);
    return this.track(this.answer(prompt, call, report, signal));
  }

  score(messages: readonly ChatMessage[], text: string, signal: AbortSignal): Promise<Score> {
    const prompt = this.prompts.render(messages);
    return this.track(this.onSequence(signal, () => undefined, (sequence) => scoreText(sequence, prompt, text, signal)));
  }

  promptLength(messages: readonly ChatMessage[]): number {
    return this.prompts.render(messages).length;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.context.dispose();
    await this.model.dispose();
  }

  private promptOf(messages: readonly ChatMessage[]): Token[] {
    const prompt = this.prompts.render(messages);
    if (prompt.length >= this.contextLength) {
      throw new EngineError(
        'context_length_exceeded',
        `The prompt is ${prompt.length} tokens long, and this model's context holds ${this.contextLength}, the answer included. Shorten it.`,
      );
    }
    return prompt;
  }

  private async answer(
    prompt: readonly Token[],
    { parameters }: GenerateCall,
    report: (progress: EngineProgress) => void,
    signal: AbortSignal,
  ): Promise<GenerationEnd> {
    const queuedAt = performance.now();
    const onPosition = (position: number): void => report({ type: 'queued', position });
    return this.onSequence(signal, onPosition, async (sequence) => {
      const queueMs = performance.now() - queuedAt;
      report({ type: 'prompt', tokens: prompt.length });
      const generation = new Generation(sequence, {
        prompt,
        parameters,
        bytesOf: this.bytesOf,
        lockstep: this.lockstep,
        order: this.pool.sequences.indexOf(sequence),
        promptStep: Math.max(1, this.context.batchSize - this.context.totalSequences),
      });
      const finishReason = await generation.run((text) => report({ type: 'text', text }), signal);
      return { type: 'end', finishReason, usage: generation.usage, cachedTokens: 0, queueMs, tokensPerSecond: generation.tokensPerSecond };
    });
  }

  private async onSequence<Result>(
    signal: AbortSignal,
    onPosition: (position: number) => void,
    work: (sequence: Parameters<SequencePool['release']>[0]) => Promise<Result>,
  ): Promise<Result> {
    const sequence = await this.pool.acquire(signal, onPosition);
    try {
      return await work(sequence);
    } finally {
      this.pool.release(sequence);
    }
  }

  private track<Result>(work: Promise<Result>): Promise<Result> {
    this.running.add(work);
    void work.catch(() => undefined).finally(() => this.running.delete(work));
    return work;
  }
}
