/** Lines a piece of code holds: each piece is laid out by itself, so that the cost of a line does not grow. */
const LINES = 60;

/**
 * A code block while its closing fence has not come: new text is appended, what stands is not touched.
 * Owns one element; whoever shows it removes it.
 */
export class GrowingCode {
  readonly element = document.createElement('pre');
  private readonly code = document.createElement('code');
  private piece: Text | undefined;
  private linesInPiece = 0;
  private length = 0;

  constructor() {
    this.element.append(this.code);
    this.element.dir = 'ltr';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', 'code');
  }

  /** `source` begins with the source of the call before; its first line is the fence. */
  show(source: string): void {
    const body = source.slice(source.indexOf('\n') + 1 || source.length);
    for (const line of body.slice(this.length).split(/(?<=\n)/)) this.append(line);
    this.length = body.length;
  }

  private append(text: string): void {
    if (!text) return;
    if (!this.piece || this.linesInPiece >= LINES) this.beginPiece();
    this.piece?.appendData(text);
    if (text.endsWith('\n')) this.linesInPiece += 1;
  }

  private beginPiece(): void {
    const holder = document.createElement('span');
    holder.className = 'code-piece';
    this.piece = document.createTextNode('');
    holder.append(this.piece);
    this.code.append(holder);
    this.linesInPiece = 0;
  }
}
