/** The bytes of one token. */
export type TokenBytes = readonly number[];

/** What a text's bytes can be written with that has a character of its own for each: GPT-2's table, which every byte-level vocabulary has. */
const OWN_CHARACTERS = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
] as const;

const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = new Map(byteLevel());

function* byteLevel(): Generator<[string, number]> {
  let borrowed = 0x100;
  for (let byte = 0; byte < 0x100; byte++) {
    const isOwn = OWN_CHARACTERS.some(([first, last]) => byte >= first && byte <= last);
    yield [String.fromCodePoint(isOwn ? byte : borrowed++), byte];
  }
}

/** The sign that SentencePiece writes for a space. */
const SPACE = '▁';
const SPELLED_BYTE = /^<0x([0-9a-f]{2})>$/i;

function byBytes(spelling: string): TokenBytes | undefined {
  const bytes = Array.from(spelling, (character) => BYTE_OF_CHARACTER.get(character));
  return bytes.every((byte) => byte !== undefined) ? bytes : undefined;
}

function bySentencePiece(spelling: string): TokenBytes {
  const [, byte] = SPELLED_BYTE.exec(spelling) ?? [];
  return byte === undefined ? [...Buffer.from(spelling.replaceAll(SPACE, ' '), 'utf8')] : [Number.parseInt(byte, 16)];
}

/** The bytes of each of a vocabulary's own spellings, in either way that vocabularies spell them; undefined where neither makes sense of all. */
export function readSpellings(spellings: readonly string[], isRight: (tokens: readonly TokenBytes[]) => boolean): readonly TokenBytes[] | undefined {
  const levels = spellings.map(byBytes);
  const readings = [levels.every((level) => level !== undefined) ? levels : undefined, spellings.map(bySentencePiece)];
  return readings.find((tokens) => tokens !== undefined && isRight(tokens));
}

/**
 * The bytes of each of a text's tokens, by their vocabulary's spellings; undefined where they spell another text. The space that some
 * vocabularies put before every text is no byte of it.
 */
export function bytesOfSpellings(spellings: readonly string[], text: string): readonly TokenBytes[] | undefined {
  const bytes = Buffer.from(text, 'utf8');
  const plain = readSpellings(spellings, (tokens) => joined(tokens).equals(bytes));
  if (plain !== undefined) return plain;
  const [first, ...rest] = readSpellings(spellings, (tokens) => joined(tokens).equals(Buffer.concat([Buffer.from(' '), bytes]))) ?? [];
  return first?.[0] === 0x20 ? [first.slice(1), ...rest] : undefined;
}

function joined(tokens: readonly TokenBytes[]): Buffer {
  return Buffer.from(tokens.flat());
}
