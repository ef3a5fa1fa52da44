import { untilAborted } from '@tandem/shared/concurrency';

type Show = (text: string, isReasoning: boolean) => void;

/** Text of an answer, or of its thoughts, that is not shown yet. */
interface Piece {
  text: string;
  readonly isReasoning: boolean;
}

/**
 * One of two answers that are shown equally far, in steps of the same length: how fast a model is, and how long its tokens are,
 * would tell who it is.
 */
export class PacedAnswer {
  private readonly pieces: Piece[] = [];
  private receivedCharacters = 0;
  private shownCharacters = 0;
  private hasEnded = false;
  private other: PacedAnswer | undefined;
  private show: Show = () => undefined;
  private onDrained: () => void = () => undefined;

  /** Two that wait for each other. */
  static pair(): readonly [PacedAnswer, PacedAnswer] {
    const answers = [new PacedAnswer(), new PacedAnswer()] as const;
    answers[0].other = answers[1];
    answers[1].other = answers[0];
    return answers;
  }

  open(show: Show): void {
    this.show = show;
  }

  receive(text: string, isReasoning: boolean): void {
    const last = this.pieces.at(-1);
    if (last?.isReasoning === isReasoning) last.text += text;
    else this.pieces.push({ text, isReasoning });
    this.receivedCharacters += text.length;
    this.pump();
    this.other?.pump();
  }

  /** Settles once everything that came is shown, or nobody wants it any more. */
  async drained(signal: AbortSignal): Promise<void> {
    if (this.pieces.length === 0 || signal.aborted) return;
    const drained = new Promise<void>((resolve) => (this.onDrained = resolve));
    await untilAborted(drained, signal).catch(() => undefined);
  }

  /** Nobody needs to wait for it any more. May be called twice. */
  end(): void {
    this.hasEnded = true;
    this.other?.pump();
  }

  private pump(): void {
    for (let piece = this.pieces[0]; piece !== undefined && this.room > 0; piece = this.pieces[0]) {
      const now = beginning(piece.text, this.room);
      piece.text = piece.text.slice(now.length);
      if (piece.text === '') this.pieces.shift();
      this.shownCharacters += now.length;
      this.show(now, piece.isReasoning);
    }
    if (this.pieces.length === 0) this.onDrained();
  }

  /** How much further it may be shown: as far as there is something of the other. */
  private get room(): number {
    if (this.other === undefined || this.other.hasEnded) return Infinity;
    return this.other.receivedCharacters - this.shownCharacters;
  }
}

/** Whole characters, at least one. */
function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  const isCut = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return text.slice(0, isCut ? most + 1 : most);
}
