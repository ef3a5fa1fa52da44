import { type LlamaContext, type LlamaContextOptions, LlamaGrammarEvaluationState, type LlamaModel } from 'node-llama-cpp';
import type { Adapter } from '@tandem/shared/engine-protocol';
import type { TemplateProcess } from '../template-process';
import { EngineError } from '../engine-error';
import { AnswerRules } from './answer-rules';
import { DistributionReader } from './distribution-reader';
import { TokenLikelihoods } from './token-likelihoods';
import { Vocabulary } from './vocabulary';
import { WholeCharacters } from './whole-characters';

/** The part of the binding's model that keeps the adapters it has read, by path, until the model goes. */
interface AdapterCache {
  readonly _loraAdapters: Map<string, { dispose(): Promise<void> }>;
}

export interface AdaptedContext {
  readonly context: LlamaContext;
  close(): Promise<void>;
}

/**
 * The weights and the vocabulary of one checkpoint, for as many contexts as are opened over them. Close those first,
 * then `dispose`.
 */
export class Weights {
  private readonly adapterUses = new Map<string, number>();
  /** Found out when the first answer needs them. */
  private characters: Promise<WholeCharacters> | undefined;

  private constructor(
    private readonly model: LlamaModel,
    readonly vocabulary: Vocabulary,
  ) {}

  /** Takes the model over; when this rejects it is disposed of. */
  static async over(model: LlamaModel, templates: TemplateProcess): Promise<Weights> {
    try {
      return new Weights(model, await Vocabulary.of(model, templates));
    } catch (thrown) {
      await model.dispose();
      throw thrown;
    }
  }

  get memoryBytes(): number {
    return this.model.memoryUsage.ram + this.model.memoryUsage.vram;
  }

  async createContext(options: LlamaContextOptions, adapter: Adapter | undefined): Promise<AdaptedContext> {
    if (adapter === undefined) {
      const context = await this.model.createContext(options);
      return { context, close: () => context.dispose() };
    }
    const { path, scale } = adapter;
    this.adapterUses.set(path, (this.adapterUses.get(path) ?? 0) + 1);
    try {
      const context = await this.model.createContext({ ...options, lora: { adapters: [{ filePath: path, scale }] }, failedCreationRemedy: false });
      return { context, close: () => context.dispose().then(() => this.releaseAdapter(path)) };
    } catch (thrown) {
      await this.releaseAdapter(path);
      throw thrown;
    }
  }

  /** For one answer that follows a grammar. @throws EngineError `invalid_request` for one that llama.cpp does not understand */
  async rules(grammar: string): Promise<AnswerRules> {
    const characters = await (this.characters ??= WholeCharacters.of(this.model, this.vocabulary.bytesOf));
    return new AnswerRules(await this.grammarState(grammar), characters, this.vocabulary.bytesOf);
  }

  /** For one answer; its caller closes it. */
  likelihoods(count: number): TokenLikelihoods {
    return new TokenLikelihoods(this.model, this.vocabulary.bytesOf, count);
  }

  /** Of any context over these weights; its caller closes it. */
  distributionReader(count: number): DistributionReader {
    return new DistributionReader(this.model, count);
  }

  async dispose(): Promise<void> {
    this.vocabulary.close();
    await this.model.dispose();
  }

  private async grammarState(text: string): Promise<LlamaGrammarEvaluationState> {
    try {
      const grammar = await this.model.llama.createGrammar({ grammar: text });
      return new LlamaGrammarEvaluationState({ model: this.model, grammar });
    } catch {
      throw new EngineError('invalid_request', 'llama.cpp does not understand the grammar that the answer must follow. Simplify the schema.');
    }
  }

  /** By itself the binding would keep an adapter as long as the weights, and never notice that its file changed. */
  private async releaseAdapter(path: string): Promise<void> {
    const uses = (this.adapterUses.get(path) ?? 1) - 1;
    this.adapterUses.set(path, uses);
    if (uses > 0) return;
    this.adapterUses.delete(path);
    const { _loraAdapters: cache } = this.model as unknown as AdapterCache;
    const adapter = cache.get(path);
    cache.delete(path);
    await adapter?.dispose();
  }
}
