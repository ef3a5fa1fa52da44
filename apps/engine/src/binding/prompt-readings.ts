/** How many tokens are read in one step, which cannot be stopped. With the others' tokens it is one batch of 512. */
const STEP = 448;
/**
 * Prompts are read in steps that end at multiples of this, but for the last. llama.cpp computes 64 and more tokens in
 * another way than fewer: read on this grid, a prefix has the same bits whichever prompt
 * it was read for, and an answer that continues from the cache is the one that reading everything would have given.
 */
const GRID = 64;
/**
 * A prompt's last step, of fewer than 64 tokens, may also be read in pieces, none shorter than this: of two tokens another
 * answer in the batch would leave one alone, which 16-bit floats have another kernel for.
 */
const LEAST_PIECE = 3;
/** Prompts whose last step begins before this are short: to read it again would be a good part of their work. */
const SHORT = 256;

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
  /** Where a step is gone on with that a kept prompt had begun. */
  private continued = { at: 0, stepStart: 0 };

  note(from: number, end: number): void {
    const start = from === this.continued.at ? this.continued.stepStart : from;
    this.startByEnd.set(end, start);
    if (start === this.cleanLength && end % GRID === 0) this.cleanLength = end;
  }

  /** Nothing behind `length` is in the cache any more. */
  cut(length: number): void {
    for (const [end, start] of this.startByEnd) {
      if (end <= length) continue;
      this.startByEnd.delete(end);
      if (start < length && end - start < GRID) this.startByEnd.set(length, start);
    }
    this.cleanLength = Math.min(this.cleanLength, onGrid(length));
  }

  /**
   * From where a prompt of `length` tokens is read whose first `common` tokens are in the cache. One that was read
   * before is read from where its last step began, so that the same question with the same seed has the same answer.
   * `inPieces`: whether a token has the same bits in any piece of that step, so that a short prompt goes on within it.
   */
  startFor(common: number, length: number, inPieces = false): number {
    const stepStart = this.stepStartFor(common, length);
    const at = inPieces ? this.startWithin(stepStart, common, length) : stepStart;
    this.continued = { at, stepStart };
    return at;
  }

  private stepStartFor(common: number, length: number): number {
    const sameStep = common >= length ? this.startByEnd.get(length) : undefined;
    if (sameStep !== undefined) return sameStep;
    const reusable = Math.max(0, Math.min(common, length - 1));
    const isAsRead = reusable <= this.tailEnd();
    // Behind that are answers, which were made token by token: reading them again would cost more than it is worth.
    return isAsRead ? Math.min(onGrid(reusable), this.cleanLength) : reusable;
  }

  private startWithin(stepStart: number, common: number, length: number): number {
    const isShort = stepStart < SHORT && length - stepStart < GRID;
    if (!isShort || stepStart < this.cleanLength || this.firstPieceOf(stepStart) < LEAST_PIECE) return stepStart;
    return Math.max(stepStart, Math.min(common, length - LEAST_PIECE));
  }

  private firstPieceOf(stepStart: number): number {
    return [...this.startByEnd].reduce((least, [end, start]) => (start === stepStart ? Math.min(least, end - start) : least), GRID);
  }

  /** Where the step ends that left the grid. */
  private tailEnd(): number {
    return [...this.startByEnd].reduce((last, [end, start]) => (start === this.cleanLength ? Math.max(last, end) : last), this.cleanLength);
  }
}

function onGrid(length: number): number {
  return Math.max(0, length - (length % GRID));
}
