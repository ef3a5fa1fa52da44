import type { RunAnswer } from '@tandem/shared/contracts';
import type { AnswerState } from '@tandem/web/run';
import type { AnswerOfPair } from '@tandem/web/scores/pair';
import type { ItemPair } from './item-answers';

/** How an answer ended, as the other pages say it. */
export function stateOf({ error, finish_reason }: RunAnswer): AnswerState {
  if (error) return { kind: 'failed', fault: error };
  return finish_reason === null ? { kind: 'done' } : { kind: 'done', reason: finish_reason };
}

/** What its figures are told from. */
export function measuredOf({ model, text, usage, timings }: RunAnswer): AnswerOfPair {
  const firstTokenMs = timings?.ttft_ms ?? null;
  return { model, answer: { text, firstTokenMs, tokensPerSecond: timings?.tokens_per_second ?? null, ...(usage ? { usage } : {}) } };
}

/** Why two answers cannot be shown by how they differ; empty where they can. */
export function obstacleOf({ baseline, derivative }: ItemPair): string {
  if (!baseline || !derivative) return 'It is still to be asked.';
  if (baseline.error || derivative.error) return 'An answer is missing: there is nothing to compare.';
  return baseline.text.trim() === '' || derivative.text.trim() === '' ? 'An answer has no text: there is nothing to compare.' : '';
}
