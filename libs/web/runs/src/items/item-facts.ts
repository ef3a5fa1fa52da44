import type { RunAnswer } from '@tandem/shared/contracts';
import type { AnswerState } from '@tandem/web/run';
import { sayMs } from '../figures/say-figures';
import type { ItemPair } from './item-answers';
import { sayFirstDifference } from './item-words';

/** How an answer ended, as the other pages say it. */
export function stateOf({ error, finish_reason }: RunAnswer): AnswerState {
  if (error) return { kind: 'failed', fault: error };
  return finish_reason === null ? { kind: 'done' } : { kind: 'done', reason: finish_reason };
}

/** Why two answers cannot be shown by how they differ; empty where they can. */
export function obstacleOf({ baseline, derivative }: ItemPair): string {
  if (!baseline || !derivative) return 'It is still to be asked.';
  if (baseline.error || derivative.error) return 'An answer is missing: there is nothing to compare.';
  return baseline.text.trim() === '' || derivative.text.trim() === '' ? 'An answer has no text: there is nothing to compare.' : '';
}

/** How the second answer differs from the first, in a few words; what cannot be known is left out. */
export function sayDifferences(pair: ItemPair): readonly string[] {
  const { baseline, derivative } = pair;
  if (!baseline || !derivative || baseline.error || derivative.error) return [];
  const [before, now] = [baseline.timings?.ttft_ms ?? null, derivative.timings?.ttft_ms ?? null];
  const parts = sayFirstDifference(pair);
  return [
    ...(before === null || now === null ? [] : [`first token ${signOf(now - before)}${sayMs(Math.abs(now - before))}`]),
    ...(baseline.text.length === 0 ? [] : [sayLength(derivative.text.length / baseline.text.length)]),
    parts.startsWith('word') ? `first difference: ${parts}` : parts === 'white space' ? 'the same words' : parts === 'none' ? 'the same text' : '',
  ].filter(Boolean);
}

function signOf(ms: number): string {
  const rounded = Math.round(ms);
  return rounded === 0 ? '±' : rounded < 0 ? '−' : '+';
}

function sayLength(ratio: number): string {
  if (ratio >= 2) return `${ratio.toFixed(1)}× as long`;
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  return percent === 0 ? 'as long' : `${percent} % ${ratio > 1 ? 'longer' : 'shorter'}`;
}
