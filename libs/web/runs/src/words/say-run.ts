import type { ModelCard, RunCard, RunCounts, RunState } from '@tandem/shared/contracts';
import type { MarkKind } from '@tandem/web/design';

const STATES: Readonly<Record<RunState, { readonly words: string; readonly mark: MarkKind }>> = {
  queued: { words: 'waits for its turn', mark: 'unknown' },
  running: { words: 'running', mark: 'busy' },
  paused: { words: 'paused', mark: 'rest' },
  done: { words: 'done', mark: 'done' },
  failed: { words: 'could not go on', mark: 'bad' },
  cancelled: { words: 'cancelled', mark: 'stopped' },
};

export function sayRunState(state: RunState): { readonly words: string; readonly mark: MarkKind } {
  return STATES[state];
}

/** Whether nothing more comes of it. */
export function isOver(state: RunState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** "18 of 20 answered, 1 failed". */
export function sayCounts({ total, done, failed }: RunCounts): string {
  const answered = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} answered`;
  return failed === 0 ? answered : `${answered}, ${failed.toLocaleString('en')} failed`;
}

/** The models of a run, the one that the others are compared with first. */
export function modelsOf({ baseline, derivative, variants }: Pick<RunCard, 'baseline' | 'derivative' | 'variants'>): readonly string[] {
  return variants ?? [baseline, derivative].filter((id) => id !== undefined);
}

/** What a model is called; one that is gone is told by its id. */
export function titleOf(id: string, cards: ReadonlyMap<string, ModelCard>): string {
  return cards.get(id)?.title ?? id;
}

/** "20 prompts", "1 prompt". */
export function sayPrompts(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'prompt' : 'prompts'}`;
}

/** Of what a run asks, in one line. */
export function sayTask({ prompt_set, repeats, score }: Pick<RunCard, 'prompt_set' | 'repeats' | 'score'>): string {
  return [sayPrompts(prompt_set.count), ...(repeats > 1 ? [`each ${repeats} times`] : []), ...(score ? ['scored'] : [])].join(' · ');
}
