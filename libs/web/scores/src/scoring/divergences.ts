import { Service, type Signal, signal, type WritableSignal } from '@angular/core';
import { type Divergence, type OfBoth, type Score } from '@tandem/shared/contracts';
import { askWithProgress, RunFailure, UNREADABLE_ANSWER } from '@tandem/web/data-access';
import { ALTERNATIVES, keyOf, type ScoringState, type ScoringTask } from './scoring-task';

/** How many results are kept: a page that is open for long does not grow with every answer that was ever looked at. */
const MOST_KEPT = 60;

/** How many of the alternatives a person can look at; the rest was for the figures. */
const SHOWN_ALTERNATIVES = 6;

interface Entry {
  readonly task: ScoringTask;
  readonly state: WritableSignal<ScoringState>;
  stopping?: AbortController;
}

/**
 * How far two models differ over texts, each asked for once: what was scored is there whoever looks again. One text is scored
 * after the other, so that the first is there soon.
 */
@Service()
export class Divergences {
  private readonly entries = new Map<string, Entry>();
  private queue: Entry[] = [];
  private isAtWork = false;

  stateOf(task: ScoringTask): Signal<ScoringState> {
    return this.entryOf(task).state;
  }

  /** Scores what is not scored yet, in this order. */
  score(tasks: readonly ScoringTask[]): void {
    for (const entry of tasks.map((task) => this.entryOf(task))) {
      const { kind } = entry.state();
      if (kind !== 'idle' && kind !== 'failed') continue;
      entry.state.set({ kind: 'waiting' });
      this.queue.push(entry);
    }
    if (!this.isAtWork) void this.work();
  }

  /** What is not done is as if it had not been asked for. */
  stop(tasks: readonly ScoringTask[]): void {
    for (const entry of tasks.map((task) => this.entryOf(task))) {
      const { kind } = entry.state();
      if (kind !== 'waiting' && kind !== 'scoring') continue;
      this.queue = this.queue.filter((each) => each !== entry);
      entry.state.set({ kind: 'idle' });
      entry.stopping?.abort();
    }
  }

  private async work(): Promise<void> {
    this.isAtWork = true;
    for (let entry = this.queue.shift(); entry; entry = this.queue.shift()) await this.scoreOne(entry);
    this.isAtWork = false;
  }

  private async scoreOne(entry: Entry): Promise<void> {
    const { task, state } = entry;
    const stopping = new AbortController();
    entry.stopping = stopping;
    const tell = (next: ScoringState): void => {
      if (!stopping.signal.aborted) state.set(next);
    };
    tell({ kind: 'scoring', progress: 0 });
    try {
      const options = { signal: stopping.signal, onProgress: (progress: number) => tell({ kind: 'scoring', progress }) };
      const { divergence } = await askWithProgress<{ divergence: Divergence }>('api/divergences', { ...task, top_logprobs: ALTERNATIVES }, options);
      tell({ kind: 'done', divergence: slim(divergence) });
    } catch (failure) {
      tell({ kind: 'failed', fault: failure instanceof RunFailure ? failure.fault : UNREADABLE_ANSWER });
    }
  }

  private entryOf(task: ScoringTask): Entry {
    const key = keyOf(task);
    const entry = this.entries.get(key) ?? { task, state: signal<ScoringState>({ kind: 'idle' }) };
    // what was looked at last is let go of last
    this.entries.delete(key);
    this.entries.set(key, entry);
    for (const [oldest, { state }] of this.entries) {
      if (this.entries.size <= MOST_KEPT) break;
      if (state().kind !== 'waiting' && state().kind !== 'scoring') this.entries.delete(oldest);
    }
    return entry;
  }
}

function slim({ scores, ...rest }: Divergence): Divergence {
  const slimmed: OfBoth<Score> = { baseline: slimScore(scores.baseline), derivative: slimScore(scores.derivative) };
  return { ...rest, scores: slimmed };
}

function slimScore(score: Score): Score {
  return { ...score, tokens: score.tokens.map((token) => ({ ...token, top: token.top.slice(0, SHOWN_ALTERNATIVES) })) };
}
