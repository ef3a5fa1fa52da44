/**
 * How long the pieces of a text are, in UTF-16 characters: each is laid out by itself, so that what stands costs nothing
 * when more comes, and what is out of sight costs nothing at all. They are cut between lines, else between words.
 */
const SHORTEST = 2_000;
const LONGEST = 4_000;

/** A text as it is, in an element that is its own. It may grow. */
export class PlainText {
  private piece: Text | undefined;
  private length = 0;

  constructor(private readonly host: HTMLElement) {
    host.replaceChildren();
    host.classList.add('plain');
  }

  /** `text` begins with the text of the call before. */
  show(text: string): void {
    for (let rest = text.slice(this.length); rest !== '';) {
      const piece = this.piece ?? this.beginPiece();
      const end = endOf(rest, piece.length);
      piece.appendData(rest.slice(0, end));
      if (end < rest.length || piece.length >= LONGEST) this.piece = undefined;
      rest = rest.slice(end);
    }
    this.length = text.length;
  }

  private beginPiece(): Text {
    const holder = document.createElement('span');
    holder.className = 'plain-piece';
    holder.dir = 'auto';
    this.piece = document.createTextNode('');
    holder.append(this.piece);
    this.host.append(holder);
    return this.piece;
  }
}

/**
 * Lets `render` fill `host` from a text; where that fails, whatever it is that does, the bare text shows. Whether it
 * could be done.
 */
export function orPlain(host: HTMLElement, text: string, render: () => void): boolean {
  try {
    host.classList.remove('plain');
    render();
  } catch {
    new PlainText(host).show(text);
  }
  return !host.classList.contains('plain');
}

/** How much of what comes still belongs to a piece that has so many characters. */
function endOf(text: string, length: number): number {
  const line = text.indexOf('\n', Math.max(0, SHORTEST - length - 1)) + 1;
  const limit = LONGEST - length;
  if (line > 0 && line <= limit) return line;
  if (text.length <= limit) return text.length;
  const word = text.lastIndexOf(' ', limit - 1) + 1;
  return word > 0 ? word : withoutHalf(text, limit);
}

/** A character may be two of UTF-16: they stay together. */
function withoutHalf(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return end > 1 && last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
}
