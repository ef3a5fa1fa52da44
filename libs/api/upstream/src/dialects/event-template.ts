import type { StreamEvent } from '@tandem/shared/sse';
import type { Piece } from './dialect';

/** An event but for the token in it, as bytes that are written as Latin-1: what stands before the token, and what behind. */
export interface EventTemplate {
  /** From `data:` to the quote that opens the token. */
  readonly before: string;
  /** From the quote that closes it to the blank line. */
  readonly behind: string;
  readonly reasoning: boolean;
}

/** A token as it stands in an event. */
export interface PlacedToken {
  /** Of the quote behind it. */
  readonly end: number;
  /** Whether it is text of ASCII alone. */
  readonly isAscii: boolean;
}

type Read = (event: StreamEvent) => readonly Piece[];

const FIELD = /^data: ?/;
const BLANK_LINE = '\n\n';
/** Nothing that a server says by itself. */
const PROBE = 'tandem:probe';
/** Places at which a token may stand by chance before the one where it is read. */
const MOST_PLACES = 4;
const [SPACE, QUOTE, BACKSLASH, LAST_ASCII] = [0x20, 0x22, 0x5c, 0x7f];

const toText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/**
 * The template of an event that said one piece of text. It is proved: another text in the token's place is read as that text, and
 * as nothing else. Undefined where the token is not written as it is, or the event has more than its data.
 * @param event as bytes that are written as Latin-1, its blank line included
 */
export function templateOf(event: string, piece: Piece, read: Read): EventTemplate | undefined {
  const field = FIELD.exec(event)?.[0];
  if (field === undefined || event.indexOf('\n') !== event.length - BLANK_LINE.length || event.includes('\r')) return undefined;
  if (piece.kind !== 'text' || JSON.stringify(piece.text) !== `"${piece.text}"`) return undefined;
  const token = `"${Buffer.from(piece.text, 'utf8').toString('latin1')}"`;
  let at = event.indexOf(token);
  for (let place = 0; at >= 0 && place < MOST_PLACES; place++, at = event.indexOf(token, at + 1)) {
    const before = event.slice(0, at + 1);
    const behind = event.slice(at + token.length - 1);
    const [said, ...more] = read({ data: toText(`${before.slice(field.length)}${PROBE}${behind.slice(0, -BLANK_LINE.length)}`) });
    const isProved = said?.kind === 'text' && said.text === PROBE && said.reasoning === piece.reasoning && more.length === 0;
    if (isProved) return { before, behind, reasoning: piece.reasoning };
  }
  return undefined;
}

/**
 * The token of the event at `at`, which begins behind the template's `before`; null where that event is not the template with a token
 * that is written as it is.
 */
export function tokenAt(bytes: string, at: number, { before, behind }: EventTemplate): PlacedToken | null {
  if (!bytes.startsWith(before, at)) return null;
  const start = at + before.length;
  let end = start;
  let isAscii = true;
  for (let code = bytes.charCodeAt(end); code !== QUOTE; code = bytes.charCodeAt(++end)) {
    // beyond the last byte there is no code, and no number compares with that
    if (!(code >= SPACE) || code === BACKSLASH) return null;
    if (code > LAST_ASCII) isAscii = false;
  }
  return end > start && bytes.startsWith(behind, end) ? { end, isAscii } : null;
}
