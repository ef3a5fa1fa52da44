import { Injectable } from '@nestjs/common';
import { TextScoring } from '@tandem/api/scoring';
import type { RunAnswer, RunVerdict } from '@tandem/shared/contracts';
import { figuresOf } from './item-figures';
import { Judge } from './judge';
import { type ItemResult, judgesOf, type QueuedItem, type RunSpec, seedOf } from './run-spec';
import { ScoringLane } from './scoring-lane';
import { messagesOf, SideAsker } from './side-asker';

/** Does one item: asks all sides, has them judged and scored where that is wanted. */
@Injectable()
export class ItemWork {
  constructor(
    private readonly asker: SideAsker,
    private readonly judge: Judge,
    private readonly scoring: TextScoring,
    private readonly scorers: ScoringLane,
  ) {}

  /** Rejects only where the signal is aborted. */
  async do(spec: RunSpec, item: QueuedItem, signal: AbortSignal): Promise<ItemResult> {
    const { prompt } = item;
    const seed = seedOf(spec, item.repeat);
    const answers = await Promise.all(spec.models.map((model) => this.asker.ask(model, prompt, { ...spec.parameters, seed }, signal)));
    const [first, ...others] = answers;
    const winners = first === undefined ? [] : await Promise.all(others.map((other) => this.winner(item, first, other, seed, signal)));
    const divergences = first === undefined || !spec.score ? [] : await Promise.all(others.map((other) => this.divergence(item, first, other, signal)));
    return { answers, figures: figuresOf(answers, divergences, winners) };
  }

  private async winner({ prompt }: QueuedItem, first: RunAnswer, other: RunAnswer, seed: number, signal: AbortSignal): Promise<RunVerdict['winner']> {
    const [judge] = judgesOf(prompt.check);
    if (judge === undefined || first.error !== null || other.error !== null) return null;
    return this.judge.verdict(judge, prompt, first, other, seed, signal);
  }

  /** Null where it cannot be told. */
  private async divergence({ prompt }: QueuedItem, first: RunAnswer, other: RunAnswer, signal: AbortSignal): Promise<number | null> {
    if (first.error !== null || first.text.trim() === '') return null;
    const said = messagesOf(prompt).map(({ role, content }) => ({ role, content }));
    const asked = { baseline: first.model, derivative: other.model, messages: said, text: first.text };
    const measure = async (stopped: AbortSignal): Promise<number | null> => {
      const { kl } = await this.scoring.diverge(asked, () => undefined, stopped);
      return kl?.mean ?? null;
    };
    return this.scorers.use(other.model, signal, measure).catch(() => {
      signal.throwIfAborted();
      return null;
    });
  }
}
