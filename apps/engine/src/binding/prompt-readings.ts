/** How many tokens are read in one step, which cannot be stopped. With the others' tokens it is one batch of 512. */
const STEP = 448;
/**
 * Prompts are read in steps that end at multiples of this, but for the last. llama.cpp computes 64 and more tokens in
 * another way than fewer, and tokens in groups of four: read on this grid, a prefix has the same bits whichever prompt
 * it was read for, and an answer that continues from the cache is the one that reading everything would have given.
 */
const GRID = 64;

/** Where the steps end that read a prompt from `start` on. The last one, which predicts the answer, is at most `GRID` long. */
export function stepEnds(start: number, length: number): number[] {
  const lastStart = onGrid(length - 1);
  const ends: number[] = [];
  for (let end = start; end < lastStart;) ends.push((end = Math.min(onGrid(end) + STEP, lastStart)));
  return [...ends, length];
}

/** Remembers how the prompt tokens in one sequence's cache were read, to tell which of them another prompt may build on. */
export class PromptReadings {
  private readonly startByEnd = new Map<number, number>();
  /** So many tokens were read on the grid, from the first one on. */
  private cleanLength = 0;

  note(start: number, end: number): void {
    this.startByEnd.set(end, start);
    if (start === this.cleanLength && end % GRID === 0) this.cleanLength = end;
  }

  /** Nothing behind `length` is in the cache any more. */
  cut(length: number): void {
    for (const end of this.startByEnd.keys()) if (end > length) this.startByEnd.delete(end);
    this.cleanLength = Math.min(this.cleanLength, onGrid(length));
  }

  /**
   * From where a prompt of `length` tokens is read whose first `common` tokens are in the cache. One that was read
   * before is read from where its last step began, so that the same question with the same seed has the same answer.
   */
  startFor(common: number, length: number): number {
    const sameStep = common >= length ? this.startByEnd.get(length) : undefined;
    if (sameStep !== undefined) return sameStep;
    const reusable = Math.max(0, Math.min(common, length - 1));
    const isAsRead = reusable <= this.firstTailEnd();
    // Behind that are answers, which were made token by token: reading them again would cost more than it is worth.
    return isAsRead ? Math.min(onGrid(reusable), this.cleanLength) : reusable;
  }

  /** Where the step ends that left the grid. */
  private firstTailEnd(): number {
    for (const [end, start] of this.startByEnd) if (start === this.cleanLength) return end;
    return this.cleanLength;
  }
}

function onGrid(length: number): number {
  return Math.max(0, length - (length % GRID));
}
