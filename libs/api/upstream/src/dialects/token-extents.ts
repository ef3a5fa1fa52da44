import { isUtf8 } from 'node:buffer';

/** What decoders write for bytes that are no character. */
const UNREADABLE = '�';
/** Longer tokens are in no vocabulary, and looking for their end takes the square of their length. */
const MOST_CHARACTERS = 256;
/** Places at which a token may end, before the tokens behind it tell which. */
const MOST_ENDS = 64;

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** One way to get to a place: how many others there are is all that matters of them. */
interface Arrival {
  readonly isOnly: boolean;
  readonly from: Arrival | undefined;
  readonly at: number;
}

/**
 * Where each token of a text ends, in bytes, by what a server decodes each to on its own: part of a character as a sign for what cannot be
 * read, or by its bytes in Latin-1, and a word without the space before it, as decoders have it. Undefined where that fits nowhere, or in
 * more than one way: each token has at least one byte.
 */
export function endsOf(tokens: readonly string[], text: Uint8Array): readonly number[] | undefined {
  let reached: ReadonlyMap<number, Arrival> = new Map([[0, { isOnly: true, from: undefined, at: 0 }]]);
  for (const token of tokens) {
    const next = new Map<number, Arrival>();
    for (const from of reached.values()) {
      for (const at of endsFrom(from.at, token, text)) next.set(at, { isOnly: from.isOnly && !next.has(at), from, at });
    }
    if (next.size === 0 || next.size > MOST_ENDS) return undefined;
    reached = next;
  }
  const last = reached.get(text.length);
  return last?.isOnly ? pathTo(last) : undefined;
}

function pathTo(last: Arrival): readonly number[] {
  const ends: number[] = [];
  for (let arrival: Arrival = last; arrival.from !== undefined; arrival = arrival.from) ends.push(arrival.at);
  return ends.reverse();
}

function endsFrom(start: number, token: string, text: Uint8Array): readonly number[] {
  const said = token.includes(UNREADABLE) ? endsOfUnreadable(start, token, text) : endsOfReadable(start, token, text);
  const latin = endOfLatin(start, token, text);
  return latin === undefined || said.includes(latin) ? said : [...said, latin];
}

function endsOfReadable(start: number, token: string, text: Uint8Array): readonly number[] {
  const starts = text[start] === 0x20 ? [start, start + 1] : [start];
  const bytes = Buffer.from(token, 'utf8');
  return starts.map((from) => (bytes.equals(text.subarray(from, from + bytes.length)) ? from + bytes.length : start)).filter((end) => end > start);
}

function endsOfUnreadable(start: number, token: string, text: Uint8Array): readonly number[] {
  if (token.length > MOST_CHARACTERS) return [];
  const last = Math.min(text.length, start + Buffer.byteLength(token, 'utf8') + 1);
  const ends = Array.from({ length: Math.max(0, last - start) }, (_, index) => start + index + 1);
  return ends.filter((end) => {
    const decoded = DECODER.decode(text.subarray(start, end));
    return decoded === token || decoded === ` ${token}`;
  });
}

function endOfLatin(start: number, token: string, text: Uint8Array): number | undefined {
  if (token === '' || token.length > MOST_CHARACTERS) return undefined;
  const bytes = text.subarray(start, start + token.length);
  return bytes.length === token.length && !isUtf8(bytes) && Buffer.from(bytes).toString('latin1') === token ? start + token.length : undefined;
}
