import { Fault } from '@tandem/api/faults';
import { untilAborted } from '@tandem/shared/concurrency';
import type { ChatTurn } from '@tandem/shared/contracts';
import type { KeptText, OtherTokens, ScoredToken, VocabularyFacts } from '@tandem/shared/engine-protocol';
import type { LocalModel, LocalModelParts } from './local-model';
import { refuseWhatCannotAnswer } from './refuse-what-cannot-answer';
import type { SeatFiles } from './seat-files';

export interface ScoreRequest {
  /** What was said before the text; none where nothing was. */
  readonly messages: readonly ChatTurn[];
  /** Or its tokens, which nothing is put before. */
  readonly text: string | readonly number[];
  /** How many of the likeliest tokens are told at each place. */
  readonly alternatives?: number;
  /** Whose likelihood is told besides. Passed over where the model's own vocabulary is another. */
  readonly others?: OtherTokens;
  /** In place of the seat's own; a seat without an adapter passes it over. */
  readonly adapterScale?: number;
  /** Where what the model expects is kept, as far as there is room. */
  readonly keep?: KeptText;
  /** What it is compared with. */
  readonly against?: KeptText;
}

export interface TextScore {
  /** How many tokens have a likelihood. */
  readonly tokens: number;
  /** Sum of the natural logarithms of the tokens' probabilities. */
  readonly logLikelihood: number;
  /** The hash of the list of tokens. */
  readonly vocabulary: string;
  /** Whether there was room for what was to be kept. */
  readonly isKept: boolean;
}

export interface TokenizeOptions {
  /** The text alone, without the chat template. */
  readonly isRaw?: true;
  /** Without the token that every prompt begins with. */
  readonly isBare?: true;
}

/** What one seat makes of texts that are there already: how likely they are, and of which tokens. */
export class LocalTexts {
  constructor(
    private readonly model: LocalModel,
    private readonly parts: LocalModelParts,
  ) {}

  /**
   * Under the model's own distribution. Loads it first where needed, and takes a place in its queue meanwhile.
   * `onScores` is given the tokens in their order, some at a time, and how much is done. @throws Fault
   */
  async score(request: ScoreRequest, onScores: (tokens: readonly ScoredToken[], progress: number) => void, signal: AbortSignal): Promise<TextScore> {
    const { giveBack } = this.model.requests.take();
    const release = this.model.usage.claim();
    try {
      const files = await this.parts.folder.seatFiles(this.model.seat);
      await refuseWhatCannotAnswer(this.model, files, this.parts);
      await this.loaded(files, signal);
      const call = { type: 'score', model: this.model.name, ...request } as const;
      const { tokens, logLikelihood, vocabulary, isKept } = await this.model.use(files, () =>
        this.parts.host.call(call, { onProgress: (progress) => progress.type === 'scores' && onScores(progress.tokens, progress.progress), signal }),
      );
      return { tokens, logLikelihood, vocabulary, isKept };
    } finally {
      release();
      giveBack();
    }
  }

  /** A prompt's tokens, and how the vocabulary spells each. Loads no weights. @throws Fault */
  async tokenize(
    messages: readonly ChatTurn[],
    options: TokenizeOptions,
    signal: AbortSignal,
  ): Promise<{ readonly tokens: readonly number[]; readonly pieces: readonly string[] }> {
    const { tokens, pieces } = await this.ofFiles(
      (files) => this.parts.vetting.read(files, { type: 'tokenize', model: this.model.name, paths: files.paths, messages, ...options }, { signal }),
      signal,
    );
    return { tokens, pieces };
  }

  /** @throws Fault `invalid_request` for what is no token of this vocabulary */
  async detokenize(tokens: readonly number[], signal: AbortSignal): Promise<string> {
    return (
      await this.ofFiles(
        (files) => this.parts.vetting.read(files, { type: 'detokenize', model: this.model.name, paths: files.paths, tokens }, { signal }),
        signal,
      )
    ).text;
  }

  async vocabulary(signal: AbortSignal): Promise<VocabularyFacts> {
    return (
      await this.ofFiles((files) => this.parts.vetting.read(files, { type: 'vocabulary', model: this.model.name, paths: files.paths }, { signal }), signal)
    ).vocabulary;
  }

  /** Where nothing is loaded yet, nobody waits for a load that is not wanted any more. */
  private async loaded(files: SeatFiles, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const loading = this.model.load(files, { left: signal });
    loading.catch(() => undefined);
    await untilAborted(loading, signal).catch((thrown: unknown) => {
      throw Fault.from(thrown);
    });
  }

  private async ofFiles<Result>(work: (files: SeatFiles) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const files = await this.readableFiles(signal);
    return this.model.blaming(files, () => work(files));
  }

  /** What must be converted has no vocabulary that could be read before that. */
  private async readableFiles(signal: AbortSignal): Promise<SeatFiles> {
    const files = await this.parts.folder.seatFiles(this.model.seat);
    if (files.conversion === undefined) return files;
    await this.loaded(files, signal);
    return this.parts.folder.seatFiles(this.model.seat);
  }
}
