import { sayTooLong } from '@tandem/shared/contracts';
import type { Adapter, EngineCall, EngineProgress } from '@tandem/shared/engine-protocol';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { EngineError } from '../engine-error';
import type { KeptTexts } from './kept-texts';
import { type Score, scoreText } from './score-text';
import type { Weights } from './weights';

type ScoreCall = Extract<EngineCall, { type: 'score' }>;

/** Tokens that are read at once. Fewer give the same figures, and take less memory: logits are there twice, in llama.cpp's graph and as its output. */
const STEP = 64;
const STEP_OF_WIDE = 16;
const STEP_OF_WHOLES = 8;
/** How many tokens a vocabulary has from which on it is a wide one. */
const WIDE = 65_536;
/** llama.cpp's graph for one step, beside what grows with the vocabulary. */
const WORKING_BYTES = 16 * 1024 * 1024;

export interface ScoreUnderVocabulary extends Score {
  /** The hash of the list of tokens. */
  readonly vocabulary: string;
  readonly isKept: boolean;
}

/** How a text is read. */
interface Passage {
  readonly length: number;
  readonly step: number;
  /** Kept besides. */
  readonly keptBytes: number;
  readonly adapter: Adapter | undefined;
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
    private readonly kept: KeptTexts,
  ) {}

  score(call: ScoreCall, report: (progress: EngineProgress) => void, signal: AbortSignal): Promise<ScoreUnderVocabulary> {
    const mine = this.last.then(() => this.scored(call, report, signal));
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async scored(
    { messages, text, alternatives = 0, others, keep, against, adapterScale }: ScoreCall,
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
    const cut = { vocabulary: vocabulary.hash, vocabularySize: vocabulary.size, tokens };
    const keeper = keep && this.kept.keeper(keep, cut);
    const wholes = keeper ?? (against && this.kept.comparison(against, cut));
    const step = wholes !== undefined ? STEP_OF_WHOLES : vocabulary.size < WIDE ? STEP : STEP_OF_WIDE;
    const passage = { length: before.length + tokens.length, step, keptBytes: wholes?.bytes ?? 0, adapter: this.adapterAt(adapterScale) };
    const reader = this.weights.distributionReader(alternatives);
    try {
      const score = await this.onSequence(passage, signal, (sequence) =>
        scoreText(
          sequence,
          { before, text: tokens, bytes, others: besides, wholes, step, reader, bytesOf },
          (scores, progress) => report({ type: 'scores', tokens: scores, progress }),
          signal,
        ),
      );
      return { ...score, vocabulary: vocabulary.hash, isKept: keeper !== undefined };
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
    if (length >= contextLength) throw new EngineError('context_length_exceeded', sayTooLong('text', length, contextLength));
  }

  /** None of it is no adapter at all. */
  private adapterAt(scale: number | undefined): Adapter | undefined {
    const { adapter } = this.options;
    const asked = adapter === undefined || scale === undefined ? adapter : { ...adapter, scale };
    return asked?.scale === 0 ? undefined : asked;
  }

  private async onSequence<Result>(
    { length, step, keptBytes, adapter }: Passage,
    signal: AbortSignal,
    work: (sequence: LlamaContextSequence) => Promise<Result>,
  ): Promise<Result> {
    const { threads, kvBytesPerToken } = this.options;
    const logitBytes = 2 * step * this.weights.vocabulary.size * Float32Array.BYTES_PER_ELEMENT;
    const neededBytes = length * kvBytesPerToken + logitBytes + keptBytes + WORKING_BYTES;
    if (neededBytes > process.availableMemory()) throw withoutMemory(length);
    const options = {
      contextSize: length + 1,
      sequences: 1,
      batchSize: step,
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
