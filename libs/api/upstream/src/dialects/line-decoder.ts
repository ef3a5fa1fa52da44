import { EventTooLongError, type StreamEvent } from '@tandem/shared/sse';

const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;

/** Bytes of a stream with one document a line to those lines, whatever the pieces they arrive in; empty ones are left out. */
export class LineDecoder {
  private readonly text = new TextDecoder();
  private unfinished = '';

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
    const lines = (this.unfinished + text).split('\n');
    this.unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const data = line.trim();
      if (data !== '') this.onEvent({ data });
    }
  }
}
