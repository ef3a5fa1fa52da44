import type { Run } from '@tandem/api/completion';

/** What all choices of an answer took together. A prompt that has several was read for each. */
export class Tally {
  private readonly sums = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  private cached = 0;
  private isKnown = true;

  /** Of a run that has ended. */
  add({ outcome, cachedTokens }: Run): void {
    const { usage } = outcome ?? {};
    if (usage === undefined) {
      this.isKnown = false;
      return;
    }
    for (const key of ['prompt_tokens', 'completion_tokens', 'total_tokens'] as const) this.sums[key] += usage[key];
    this.cached += cachedTokens ?? 0;
  }

  /** Undefined where one of the model's answers did not say. */
  get usage(): object | undefined {
    return this.isKnown ? { ...this.sums, prompt_tokens_details: { cached_tokens: this.cached } } : undefined;
  }
}
