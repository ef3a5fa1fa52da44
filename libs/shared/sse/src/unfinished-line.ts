/** A decoder that is fed byte by byte would else hold more references than text. */
const LOOSE_PIECES = 1_024;

/** The beginning of a line whose end is still to come. Taking a piece costs no more for what is there already. */
export class UnfinishedLine {
  private loose: string[] = [];
  private joined: string[] = [];
  private characters = 0;

  get length(): number {
    return this.characters;
  }

  add(piece: string): void {
    if (piece === '') return;
    this.characters += piece.length;
    if (this.loose.push(piece) < LOOSE_PIECES) return;
    this.joined.push(this.loose.join(''));
    this.loose = [];
  }

  /** All of it; then it is empty. */
  take(): string {
    if (this.characters === 0) return '';
    const text = [...this.joined, ...this.loose].join('');
    this.loose = [];
    this.joined = [];
    this.characters = 0;
    return text;
  }
}
