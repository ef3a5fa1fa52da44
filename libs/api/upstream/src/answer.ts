import type { CompletionEnd, CompletionSink, Flow } from '@tandem/api/completion';
import type { FinishReason, Usage } from '@tandem/shared/contracts';
import type { Piece, ServerFailure } from './dialects/dialect';

type AnswerState =
  | { readonly kind: 'open' }
  /** The server said that the answer is complete; numbers may follow. */
  | { readonly kind: 'finished'; readonly reason: FinishReason }
  | { readonly kind: 'failed'; readonly failure: ServerFailure }
  | { readonly kind: 'garbled' };

/**
 * Collects what a model server says into one answer: text goes straight to the sink, the rest is kept for the end.
 * Judges when the answer is complete; knows nothing of sockets or time.
 */
export class Answer {
  state: AnswerState = { kind: 'open' };
  /** Whether the server said that nothing follows. */
  isEnded = false;
  /** Whether anything was said that reads as a completion. */
  isEmpty = true;
  private hasText = false;
  private usage: Usage | undefined;
  private timings: CompletionEnd['timings'];

  constructor(private readonly sink: CompletionSink) {}

  /** Whether more of the answer is to come, as far as the server said. */
  get isOpen(): boolean {
    return this.state.kind === 'open' && !this.isEnded;
  }

  /** Gives whoever it is for the means to let it wait. */
  flowsBy(flow: Flow): void {
    this.sink.hold?.(flow);
  }

  take(piece: Piece): void {
    if (this.isEnded || this.state.kind === 'failed' || this.state.kind === 'garbled') return;
    this.isEmpty = false;
    switch (piece.kind) {
      case 'text':
        if (this.state.kind !== 'open') return;
        this.hasText = true;
        this.sink.text(piece.text, piece.reasoning);
        return;
      case 'logprobs':
        if (this.state.kind === 'open') this.sink.logprobs?.(piece.tokens);
        return;
      case 'progress':
        if (!this.hasText) this.sink.phase('prompt', { progress: piece.progress });
        return;
      case 'usage':
        this.usage = piece.usage;
        return;
      case 'timings':
        this.timings = piece.timings;
        return;
      case 'finish':
        if (this.state.kind === 'open') this.state = { kind: 'finished', reason: piece.reason };
        return;
      case 'failure':
        if (this.state.kind === 'open') this.state = { kind: 'failed', failure: piece.failure };
        return;
      case 'garbled':
        if (this.state.kind === 'open') this.state = { kind: 'garbled' };
        return;
      case 'end':
        this.isEnded = true;
        return;
      default:
        piece satisfies never;
    }
  }

  end(finishReason: FinishReason, ignoredParameters: readonly string[]): CompletionEnd {
    return {
      finishReason,
      ...(this.usage === undefined ? {} : { usage: this.usage }),
      ...(this.timings === undefined ? {} : { timings: this.timings }),
      ...(ignoredParameters.length === 0 ? {} : { ignoredParameters }),
    };
  }
}
