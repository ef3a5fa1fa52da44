import type { RunAnswer, RunItem } from '@tandem/shared/contracts';

export function answerOf(text: string, passed: boolean | null | undefined = undefined, more: Partial<RunAnswer> = {}): RunAnswer {
  return {
    ...{ model: 'a', text, finish_reason: 'stop', error: null, seed: 1, ignored_parameters: [], tries: 1 },
    usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
    timings: { queue_ms: 0, load_ms: 0, ttft_ms: 40, total_ms: 130, tokens_per_second: 50, source: 'server' },
    check: passed === undefined ? null : { passed, checks: [{ type: 'contains', passed }] },
    ...more,
  };
}

export const FAILED = answerOf('', undefined, {
  error: { code: 'upstream_timeout', message: 'It took too long.', retryable: true },
  usage: null,
  timings: null,
});

export function itemOf(id: string, answers: RunItem['answers'], more: Partial<RunItem> = {}): RunItem {
  return { id, prompt: `Prompt ${id}`, repeat: 1, state: 'done', answers, divergence: 1.15, length_ratio: 1.2, latency: 1_300, verdicts: [], ...more };
}
