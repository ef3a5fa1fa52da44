import type { Comparison, ComparisonContent, ComparisonRow, FrameError, KeptAnswer, Timings, Usage, VoteSummary } from '@tandem/shared/contracts';
import { KEPT_CONTENT } from '@tandem/testing';

export function keptAnswer(model: string, text: string, more: Partial<KeptAnswer> = {}): KeptAnswer {
  return {
    model,
    identity: { model: `${model}.gguf`, parts: [1, { two: 2 }] },
    text,
    thoughts: null,
    finish_reason: 'stop',
    error: null,
    usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
    timings: { queue_ms: 0, load_ms: 0, ttft_ms: 41.2, total_ms: 130.5, tokens_per_second: null, source: 'measured' },
    seed: 7,
    ignored_parameters: ['top_k'],
    ...more,
  };
}

export function keptComparison(more: Partial<ComparisonContent> = {}): ComparisonContent {
  return {
    ...KEPT_CONTENT,
    turns: [
      { prompt: 'What is a tandem?', baseline: keptAnswer('old', 'A bicycle.'), derivative: keptAnswer('new', 'A bicycle for two.', { thoughts: 'Two.' }) },
      {
        prompt: 'And a trike?',
        baseline: keptAnswer('old', '', {
          finish_reason: null,
          error: { code: 'upstream_incomplete', message: 'It broke off.', retryable: true },
          usage: null,
          timings: null,
          seed: null,
          identity: null,
          ignored_parameters: [],
        }),
        derivative: keptAnswer('new', '🚲 良い'),
      },
    ],
    ...more,
  };
}

/** What the routes of the store answer, all of them together. */
export interface Told extends VoteSummary {
  readonly id: string;
  readonly comparison: Comparison;
  readonly comparisons: readonly ComparisonRow[];
  readonly next_cursor: string | null;
  readonly vote: { readonly turn: number; readonly choice: string; readonly blind: boolean };
  readonly votes: readonly { readonly turn: number; readonly counts: VoteSummary['counts']; readonly yours: string | null }[];
  readonly error: { readonly code: string; readonly param?: string; readonly message: string; readonly retryable: boolean };
  readonly store: { readonly state: string; readonly reason: string | null };
  readonly streams: Record<'left' | 'right', string>;
  readonly sides: Record<'left' | 'right', 'baseline' | 'derivative'>;
  readonly models: Record<'left' | 'right', string>;
  readonly timings: Record<'left' | 'right', Timings>;
  readonly outcomes: Record<'left' | 'right', { readonly usage: Usage | null; readonly error: FrameError | null; readonly seed: number }>;
}

/** What a client of the API says, and is told; it keeps its cookies as a browser does. */
export function apiClient(origin: string, headers: Readonly<Record<string, string>> = {}) {
  let cookie: string | undefined;
  return async (method: string, path: string, body?: object) => {
    const answer = await fetch(origin + path, {
      method,
      headers: { ...headers, ...(cookie ? { Cookie: cookie } : {}), ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    cookie ??= answer.headers.get('set-cookie')?.split(';')[0];
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: answer.status, headers: answer.headers, text, body: (isJson ? JSON.parse(text) : {}) as Told };
  };
}
