import type { CompletionEnd, CompletionRequest, CompletionSink, CompletionSource } from './completion-source';

/** A source for one request that has its place in the queue: given back with its end, or when it is left before it began. */
export class AdmittedSource implements CompletionSource {
  private hasBegun = false;

  constructor(
    private readonly source: CompletionSource,
    private readonly giveBack: () => void,
    private readonly left: AbortSignal,
  ) {
    if (left.aborted) this.onLeft();
    else left.addEventListener('abort', this.onLeft, { once: true });
  }

  async complete(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    if (this.left.aborted) return { finishReason: 'cancelled' };
    this.hasBegun = true;
    this.left.removeEventListener('abort', this.onLeft);
    try {
      return await this.source.complete(request, sink, signal);
    } finally {
      this.giveBack();
    }
  }

  private readonly onLeft = (): void => {
    if (!this.hasBegun) this.giveBack();
  };
}
