import type { Comparison, ComparisonContent, KeptAnswer, VoteSummary } from '@tandem/shared/contracts';
import { KEPT_CONTENT } from '@tandem/testing';
import type { Exported } from '../export/exported';
import { summaryOf } from '../votes/summary-of';

/** An answer of which nothing is known but its text. */
export const bareAnswer = (model: string, text: string, more: Partial<KeptAnswer> = {}): KeptAnswer => ({
  model,
  identity: null,
  text,
  thoughts: null,
  finish_reason: null,
  error: null,
  usage: null,
  timings: null,
  seed: null,
  ignored_parameters: [],
  ...more,
});

/** An answer of which everything is known. */
export const fullAnswer = (model: string, text: string, more: Partial<KeptAnswer> = {}): KeptAnswer => ({
  model,
  identity: { model: `${model}.gguf`, parts: [1, { two: null }] },
  text,
  thoughts: 'Two riders.',
  finish_reason: 'stop',
  error: null,
  usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
  timings: { queue_ms: 0, load_ms: 2, ttft_ms: 41.2, total_ms: 1305, tokens_per_second: 53.84, source: 'server' },
  seed: 7,
  ignored_parameters: ['top_k', 'seed'],
  ...more,
});

/** What somebody sends to be kept. */
export const content = (more: Partial<ComparisonContent> = {}): ComparisonContent => ({
  ...KEPT_CONTENT,
  turns: [
    { prompt: 'What is a tandem?', baseline: fullAnswer('old', 'A bicycle.'), derivative: fullAnswer('new', 'A bicycle for two.') },
    { prompt: 'And a trike?', baseline: bareAnswer('old', ''), derivative: bareAnswer('new', '🚲 良い') },
  ],
  ...more,
});

/** The same with one turn of this prompt and these answers. */
export const oneTurn = (prompt: string, baseline: string, derivative = baseline): Pick<ComparisonContent, 'turns'> => ({
  turns: [{ prompt, baseline: bareAnswer('old', baseline), derivative: bareAnswer('new', derivative) }],
});

export const ID = '019ac9f2-0d5c-7a31-9b7e-3c2f6f1f7a10';

/** The same as it was kept. */
export const comparison = (more: Partial<ComparisonContent> = {}): Comparison => ({
  ...content(more),
  id: ID,
  url: `/comparisons/${ID}`,
  created_at: '2026-11-28T12:00:00.000Z',
  updated_at: '2026-11-28T13:00:00.000Z',
});

export const votes = (more: Partial<VoteSummary['counts']> = {}): VoteSummary['counts'] => ({ baseline: 0, derivative: 0, tie: 0, both_bad: 0, ...more });

/** The same as it is taken along; nobody voted on it. */
export const exported = (of: Comparison, more: Partial<Exported> = {}): Exported => ({
  comparison: of,
  votes: of.turns.map(() => votes()),
  pair: summaryOf(votes()),
  ...more,
});
