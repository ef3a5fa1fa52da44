import { EventDecoder, type StreamEvent } from '@tandem/shared/sse';
import type { Decoder, Reading } from './decoder';
import type { Piece } from './dialect';
import { type EventTemplate, templateOf, tokenAt } from './event-template';

const LF = 0x0a;
/** After so many events in a row that were not like the one before, nothing is expected of those to come. */
const MOST_IN_VAIN = 16;
/** Longer pieces of a string hold on to the whole of it. */
const COPIED_CHARACTERS = 12;

/**
 * Bytes of server-sent events to what they say. Most events of an answer are like the one before but for their token: it is cut out
 * of them as it is. Everything else is decoded and read as a whole, and gives the same.
 */
export class TemplateReader implements Decoder {
  private readonly whole: EventDecoder;
  private readonly characters = new TextDecoder('utf-8', { ignoreBOM: true });
  private template: EventTemplate | undefined;
  private inVain = 0;
  /** Whether the next byte begins an event, and nothing of the one before waits. */
  private isBetween = false;
  /** What the last event said that was read as a whole; undefined where it is named or numbered. */
  private last: readonly Piece[] | undefined;

  constructor(private readonly reading: Reading) {
    const onEvent = (event: StreamEvent): void => {
      const pieces = reading.read(event);
      this.last = event.event === undefined && event.id === undefined ? pieces : undefined;
      reading.take(pieces);
    };
    this.whole = new EventDecoder({
      onEvent,
      // llama.cpp's server once wrote its errors as a field of their own.
      onUnknownField: (field, value) => field === 'error' && onEvent({ event: 'error', data: value }),
    });
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const read = this.isBetween && this.template ? this.readAlike(buffer, this.template) : 0;
    if (read === buffer.length) return;
    const rest = buffer.subarray(read);
    const begins = this.isBetween ? 0 : -1;
    this.last = undefined;
    this.whole.push(rest);
    this.isBetween = rest.at(-1) === LF && rest.at(-2) === LF;
    if (this.isBetween && this.inVain < MOST_IN_VAIN) this.learn(rest.toString('latin1'), begins);
  }

  end(): void {
    this.whole.end();
  }

  /** Gives how many bytes were events of the template. */
  private readAlike(buffer: Buffer, template: EventTemplate): number {
    const { before, behind, reasoning } = template;
    const bytes = buffer.toString('latin1');
    let at = 0;
    for (let token = tokenAt(bytes, at, template); token !== null; token = tokenAt(bytes, at, template)) {
      const start = at + before.length;
      const { end, isAscii } = token;
      const text = isAscii ? copied(bytes, buffer, start, end) : this.characters.decode(buffer.subarray(start, end));
      this.inVain = 0;
      this.reading.take([{ kind: 'text', text, reasoning }]);
      at = end + behind.length;
    }
    return at;
  }

  /** From the last event of these bytes, which are whole events from `begins` on; -1 where only a blank line tells where one begins. */
  private learn(bytes: string, begins: number): void {
    const blank = bytes.lastIndexOf('\n\n', bytes.length - 3);
    const start = blank === -1 ? begins : blank + 2;
    const [piece, ...more] = this.last ?? [];
    if (start === -1 || piece?.kind !== 'text' || more.length > 0) return;
    this.inVain += 1;
    this.template = templateOf(bytes.slice(start), piece, this.reading.read) ?? this.template;
  }
}

function copied(bytes: string, buffer: Buffer, start: number, end: number): string {
  return end - start > COPIED_CHARACTERS ? buffer.toString('latin1', start, end) : bytes.slice(start, end);
}
