import type { RunAnswer } from '@tandem/shared/contracts';

/** What one model answered in a run, whole; `changes` are what is special about it. */
export function answerOf(model: string, text: string, changes: Partial<RunAnswer> = {}): RunAnswer {
  return {
    model,
    text,
    finish_reason: 'stop',
    error: null,
    usage: null,
    timings: { queue_ms: 0, load_ms: 0, ttft_ms: 1, total_ms: 2, tokens_per_second: null, source: 'measured' },
    seed: 1,
    ignored_parameters: [],
    check: null,
    tries: 1,
    ...changes,
  };
}
