import { createParser } from 'eventsource-parser';
import { UnfinishedLine } from './unfinished-line';

/** One event of a stream. `event` and `id` are absent where the sender named none. */
export interface StreamEvent {
  readonly data: string;
  readonly event?: string | undefined;
  readonly id?: string | undefined;
}

export interface EventDecoderOptions {
  readonly onEvent: (event: StreamEvent) => void;
  /** Called for a line whose field the standard does not know, which it says to ignore. */
  readonly onUnknownField?: (field: string, value: string) => void;
  /** Longest event, in characters. Default 4 MiB; a longer one makes `push` throw. */
  readonly maxEventCharacters?: number;
}

/** Thrown by `push` when an event grows beyond the limit: the rest of the stream cannot be trusted. */
export class EventTooLongError extends Error {
  constructor(readonly maxEventCharacters: number) {
    super(`An event of the stream is longer than ${maxEventCharacters} characters.`);
    this.name = 'EventTooLongError';
  }
}

/**
 * Bytes of a server-sent event stream to events, whatever the pieces they arrive in.
 * Owns the unfinished character, line and event; opens and closes nothing.
 */
export class EventDecoder {
  private readonly text = new TextDecoder();
  private readonly parser;
  private readonly maxEventCharacters: number;
  private readonly unfinished = new UnfinishedLine();
  private isTooLong = false;

  constructor({ onEvent, onUnknownField, maxEventCharacters = 4 * 1024 * 1024 }: EventDecoderOptions) {
    this.maxEventCharacters = maxEventCharacters;
    this.parser = createParser({
      onEvent,
      maxBufferSize: maxEventCharacters,
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') this.isTooLong = true;
        if (error.type === 'unknown-field') onUnknownField?.(error.field ?? '', error.value ?? '');
      },
    });
  }

  push(bytes: Uint8Array): void {
    this.feed(this.text.decode(bytes, { stream: true }));
  }

  /** The stream ended in good order: an event without its closing blank line still counts. Not to be called after a cut. */
  end(): void {
    this.feed(`${this.text.decode()}\n\n`);
  }

  // Only whole lines go to the parser: it drops the start of a line with an unknown field without reporting it.
  private feed(text: string): void {
    const lineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    if (lineEnd > 0) this.parser.feed(this.unfinished.take() + text.slice(0, lineEnd));
    this.unfinished.add(text.slice(lineEnd));
    if (this.isTooLong || this.unfinished.length > this.maxEventCharacters) {
      throw new EventTooLongError(this.maxEventCharacters);
    }
  }
}
