import type { CompletionEnd, CompletionSink, Flow } from '@tandem/api/completion';
import type { FinishReason, TokenLogprob, Usage } from '@tandem/shared/contracts';
import { type Said, type ThoughtFormat, ThoughtSplitter } from '@tandem/shared/thoughts';
import type { Piece, SaidCall, ServerFailure } from '../dialects/dialect';
import { CallLedger } from './call-ledger';

type AnswerState =
  | { readonly kind: 'open' }
  /** The server gave a reason for its end. Some give one with each piece, so that text may follow. */
  | { readonly kind: 'finished'; readonly reason: FinishReason }
  | { readonly kind: 'failed'; readonly failure: ServerFailure }
  | { readonly kind: 'garbled' };

/**
 * Collects what a model server says into one answer: text goes straight to the sink, thoughts apart from the answer, the
 * rest is kept for the end. Judges when the answer is complete; knows nothing of sockets or time.
 */
export class Answer {
  state: AnswerState = { kind: 'open' };
  /** Whether the server said that nothing follows. */
  isEnded = false;
  /** Whether anything was said that reads as a completion. */
  isEmpty = true;
  /** Whether text came behind a reason: then a reason is no proof that nothing is missing. */
  hasGoneOn = false;
  /** Where the server said something that is not read. */
  unread: string | undefined;
  hasText = false;
  private isRefusal = false;
  private isVerbatim = false;
  private usage: Usage | undefined;
  private cachedTokens: number | undefined;
  private timings: CompletionEnd['timings'];
  private thoughts = new ThoughtSplitter();
  private readonly calls = new CallLedger();
  /** Of tokens whose text is still to come. */
  private logprobs: TokenLogprob[] = [];

  constructor(private readonly sink: CompletionSink) {}

  /** Whether more of the answer may come, as far as the server said. */
  get isOpen(): boolean {
    return !this.isEnded && !this.isBroken;
  }

  /** Whether a reason was given, for all that came so far. */
  get isFinished(): boolean {
    return this.state.kind === 'finished';
  }

  private get isBroken(): boolean {
    return this.state.kind === 'failed' || this.state.kind === 'garbled';
  }

  /** Gives whoever it is for the means to let it wait. */
  flowsBy(flow: Flow): void {
    this.sink.hold?.(flow);
  }

  /**
   * What its text begins in: the middle of a thought of some form, unless the server tells thoughts apart itself.
   * `verbatim`: what looks like a thought is text like any other.
   */
  begin(inside: ThoughtFormat | 'verbatim' | undefined): void {
    this.isVerbatim = inside === 'verbatim';
    if (inside !== undefined && inside !== 'verbatim') this.thoughts = new ThoughtSplitter({ begunIn: inside });
  }

  take(piece: Piece): void {
    if (!this.isOpen) return;
    this.isEmpty = false;
    switch (piece.kind) {
      case 'text':
        this.takeText(piece.text, piece.reasoning);
        return;
      case 'refusal':
        this.isRefusal = true;
        this.takeText(piece.text, false);
        return;
      case 'call':
        this.takeCall(piece.call);
        return;
      case 'unread':
        this.unread ??= piece.where;
        return;
      case 'logprobs':
        for (const token of piece.tokens) this.logprobs.push(token);
        return;
      case 'progress':
        if (!this.hasText) this.sink.phase('prompt', { progress: piece.progress });
        return;
      case 'usage':
        this.usage = piece.usage;
        return;
      case 'cached':
        this.cachedTokens = piece.tokens;
        return;
      case 'timings':
        this.timings = piece.timings;
        return;
      case 'finish':
        if (!this.isFinished || !piece.isImplied) this.state = { kind: 'finished', reason: piece.reason };
        return;
      case 'failure':
        this.state = { kind: 'failed', failure: piece.failure };
        return;
      case 'garbled':
        // behind a reason it is most likely small talk
        if (!this.isFinished || this.hasGoneOn) this.state = { kind: 'garbled' };
        return;
      case 'end':
        this.isEnded = true;
        return;
      default:
        piece satisfies never;
    }
  }

  /** Gives out what could still have become a mark. Nothing follows. */
  flush(): void {
    this.tell(this.thoughts.flush());
    this.tellLogprobs();
  }

  end(finishReason: FinishReason, ignoredParameters: readonly string[]): CompletionEnd {
    return {
      finishReason: this.reasonOf(finishReason),
      ...(this.usage === undefined ? {} : { usage: this.usage }),
      ...(this.cachedTokens === undefined ? {} : { cachedTokens: this.cachedTokens }),
      ...(this.timings === undefined ? {} : { timings: this.timings }),
      ...(ignoredParameters.length === 0 ? {} : { ignoredParameters }),
    };
  }

  /** Some servers say no more than that they stopped. */
  private reasonOf(reason: FinishReason): FinishReason {
    if (this.isRefusal && reason !== 'cancelled') return 'content_filter';
    return reason === 'stop' && !this.calls.isEmpty ? 'tool_calls' : reason;
  }

  private takeCall(said: SaidCall): void {
    this.hasGoneOn ||= this.isFinished;
    this.hasText = true;
    const piece = this.calls.place(said);
    if (piece !== null) this.sink.call?.(piece);
  }

  private takeText(text: string, isThought: boolean): void {
    this.hasGoneOn ||= this.isFinished;
    if (isThought && !this.hasText) this.thoughts = new ThoughtSplitter();
    this.hasText = true;
    if (!isThought && this.thoughts.isPlain) return this.tellAnswer(text);
    this.tell(this.isVerbatim ? [{ text, role: 'answer' }] : isThought ? [{ text, role: 'thought' }] : this.thoughts.push(text));
  }

  /** How likely tokens were is told of the answer alone. */
  private tell(said: readonly Said[]): void {
    for (const { text, role } of said) {
      if (role === 'answer') this.tellLogprobs();
      else this.logprobs = [];
      if (role !== 'mark') this.sink.text(text, role === 'thought');
    }
  }

  private tellAnswer(text: string): void {
    this.tellLogprobs();
    this.sink.text(text, false);
  }

  private tellLogprobs(): void {
    if (this.logprobs.length === 0) return;
    this.sink.logprobs?.(this.logprobs);
    this.logprobs = [];
  }
}
