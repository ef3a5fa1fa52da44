import type { Adapter, EngineCall, EngineProgress } from '@tandem/shared/engine-protocol';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import { type Score, scoreText } from './score-text';
import type { Weights } from './weights';

type ScoreCall = Extract<EngineCall, { type: 'score' }>;

const BATCH_TOKENS = 64;
/** llama.cpp's graph for one such batch, beside what grows with the vocabulary. */
const WORKING_BYTES = 16 * 1024 * 1024;

export interface ScoreUnderVocabulary extends Score {
  /** The hash of the list of tokens. */
  readonly vocabulary: string;
}

export interface ScorerOptions {
  readonly adapter: Adapter | undefined;
  readonly threads: number;
  /** The longest text, with what stands before it. */
  readonly contextLength: number;
  readonly kvBytesPerToken: number;
}

/**
 * Scores texts under one seat, one after the other, each in a context of its own that is as long as it must be and goes
 * with it: what an answer beside it reads must not change a score, nor the reverse.
 */
export class TextScorer {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly weights: Weights,
    private readonly options: ScorerOptions,
  ) {}

  score(call: ScoreCall, report: (progress: EngineProgress) => void, signal: AbortSignal): Promise<ScoreUnderVocabulary> {
    const mine = this.last.then(() => this.scored(call, report, signal));
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async scored(
    { messages, text, alternatives = 0, others }: ScoreCall,
    report: (progress: EngineProgress) => void,
    signal: AbortSignal,
  ): Promise<ScoreUnderVocabulary> {
    signal.throwIfAborted();
    const { vocabulary } = this.weights;
    const { bytesOf } = vocabulary;
    const tokens = typeof text === 'string' ? vocabulary.tokensOf(text) : vocabulary.checked(text);
    const bytes = typeof text === 'string' ? vocabulary.spokenBytes(text, tokens) : tokens.map(bytesOf);
    const besides = others?.vocabulary === vocabulary.hash ? others.at.map((ids) => vocabulary.checked(ids)) : undefined;
    const before = await this.before(messages, text);
    this.refuseWhatIsTooLong(before.length + tokens.length);
    const reader = this.weights.distributionReader(alternatives);
    try {
      const score = await this.onSequence(before.length + tokens.length, signal, (sequence) =>
        scoreText(
          sequence,
          { before, text: tokens, bytes, others: besides, reader, bytesOf },
          (scores, progress) => report({ type: 'scores', tokens: scores, progress }),
          signal,
        ),
      );
      return { ...score, vocabulary: vocabulary.hash };
    } finally {
      reader.close();
    }
  }

  private async before(messages: ScoreCall['messages'], text: ScoreCall['text']): Promise<readonly Token[]> {
    const { vocabulary } = this.weights;
    if (messages.length > 0) return vocabulary.tokenize(messages);
    return typeof text === 'string' ? vocabulary.beginning : [];
  }

  private refuseWhatIsTooLong(length: number): void {
    const { contextLength } = this.options;
    if (length < contextLength) return;
    throw new EngineError(
      'context_length_exceeded',
      `The text is ${length} tokens long with what stands before it; at most ${contextLength - 1} can be scored.`,
    );
  }

  private async onSequence<Result>(length: number, signal: AbortSignal, work: (sequence: LlamaContextSequence) => Promise<Result>): Promise<Result> {
    const { adapter, threads, kvBytesPerToken } = this.options;
    const neededBytes = length * kvBytesPerToken + BATCH_TOKENS * this.weights.vocabulary.size * Float32Array.BYTES_PER_ELEMENT + WORKING_BYTES;
    if (neededBytes > process.availableMemory()) throw withoutMemory(length);
    const options = {
      contextSize: length + 1,
      sequences: 1,
      batchSize: BATCH_TOKENS,
      flashAttention: false,
      threads,
      createSignal: signal,
      failedCreationRemedy: false,
    } as const;
    const { context, close } = await this.weights.createContext(options, adapter).catch(() => {
      signal.throwIfAborted();
      throw withoutMemory(length);
    });
    try {
      return await work(context.getSequence({ checkpoints: { interval: false } }));
    } finally {
      await close();
    }
  }
}

function withoutMemory(length: number): EngineError {
  return new EngineError('insufficient_memory', `There is no memory left to score ${length} tokens beside the answers. Try again, or score a shorter text.`, {
    retryable: true,
  });
}
