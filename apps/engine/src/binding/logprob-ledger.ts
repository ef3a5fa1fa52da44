import type { TokenLogprob } from '@tandem/shared/contracts';

/**
 * Keeps what is known of tokens until their text goes out: text may be held back, and the tokens of a stop string never
 * go out.
 */
export class LogprobLedger {
  private readonly open: { readonly token: TokenLogprob; readonly end: number }[] = [];
  private pushed = 0;
  private released = 0;

  /** `characters`: how much longer the text is with this token. */
  push(token: TokenLogprob, characters: number): void {
    this.pushed += characters;
    this.open.push({ token, end: this.pushed });
  }

  /** The tokens that are out with so many characters more. */
  release(characters: number): TokenLogprob[] {
    this.released += characters;
    const firstKept = this.open.findIndex(({ end }) => end > this.released);
    return this.open.splice(0, firstKept < 0 ? this.open.length : firstKept).map(({ token }) => token);
  }
}
