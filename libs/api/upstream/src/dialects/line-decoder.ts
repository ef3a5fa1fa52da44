import { EventTooLongError, type StreamEvent, UnfinishedLine } from '@tandem/shared/sse';

const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;

/** Bytes of a stream with one document a line to those lines, whatever the pieces they arrive in; empty ones are left out. */
export class LineDecoder {
  private readonly text = new TextDecoder();
  private readonly unfinished = new UnfinishedLine();

  constructor(private readonly onEvent: (event: StreamEvent) => void) {}

  push(bytes: Uint8Array): void {
    this.feed(this.text.decode(bytes, { stream: true }));
    if (this.unfinished.length > MAX_LINE_CHARACTERS) throw new EventTooLongError(MAX_LINE_CHARACTERS);
  }

  /** The stream ended in good order: the last line needs no end. Not to be called after a cut. */
  end(): void {
    this.feed(`${this.text.decode()}\n`);
  }

  private feed(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const data = (this.unfinished.take() + text.slice(start, end)).trim();
      if (data !== '') this.onEvent({ data });
      start = end + 1;
    }
    this.unfinished.add(text.slice(start));
  }
}
