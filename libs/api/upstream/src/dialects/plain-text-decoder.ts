import type { StreamEvent } from '@tandem/shared/sse';

/** Bytes of plain text to text, in the pieces they arrive in; a character that is cut waits for its rest. */
export class PlainTextDecoder {
  private readonly text = new TextDecoder();

  constructor(private readonly onEvent: (event: StreamEvent) => void) {}

  push(bytes: Uint8Array): void {
    this.tell(this.text.decode(bytes, { stream: true }));
  }

  end(): void {
    this.tell(this.text.decode());
  }

  private tell(data: string): void {
    if (data !== '') this.onEvent({ data });
  }
}
