import { type CompletionEnd, type CompletionRequest, type CompletionSink, type CompletionSource, Stopwatch } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { FrameError, Timings, Usage } from '@tandem/shared/contracts';
import type { PacedAnswer } from './paced-answer';

/** What there is to know of an answer, for after the vote. */
export interface Unveiled {
  readonly timings: Timings | null;
  readonly usage: Usage | null;
  readonly error: FrameError | null;
  readonly ignored_parameters: readonly string[];
}

/**
 * A source of which its answer alone is shown: not what it waits for, how fast it is, what it counts, or how it fails. What was
 * held back is in `unveiled`.
 */
export class VeiledSource implements CompletionSource {
  unveiled: Unveiled = { timings: null, usage: null, error: null, ignored_parameters: [] };

  constructor(
    private source: CompletionSource,
    private readonly paced: PacedAnswer,
  ) {}

  async admit(request: Pick<CompletionRequest, 'messages' | 'demands'>, left: AbortSignal): Promise<CompletionSource> {
    this.source = (await this.source.admit?.(request, left)) ?? this.source;
    return this;
  }

  async complete(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    const stopwatch = new Stopwatch();
    this.paced.open((text, isReasoning) => sink.text(text, isReasoning));
    const held: CompletionSink = {
      phase: () => undefined,
      text: (text, isReasoning = false) => {
        stopwatch.tick();
        this.paced.receive(text, isReasoning);
      },
      hold: (flow) => sink.hold?.(flow),
    };
    try {
      const end = await this.source.complete(request, held, signal);
      this.unveiled = { timings: stopwatch.read(end), usage: end.usage ?? null, error: null, ignored_parameters: end.ignoredParameters ?? [] };
      await this.paced.drained(signal);
      return { finishReason: end.finishReason };
    } catch (thrown) {
      const fault = Fault.from(thrown);
      this.unveiled = { ...this.unveiled, timings: stopwatch.read(), error: fault.toFrameError() };
      await this.paced.drained(signal);
      throw new Fault('upstream_error', 'This side could not answer. Vote to see why.', { retryable: fault.retryable, cause: fault });
    } finally {
      this.paced.end();
    }
  }
}
