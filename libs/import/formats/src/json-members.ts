const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const MAX_MEMBER_BYTES = 1024 * 1024;

export interface JsonMember {
  readonly key: string;
  /** The member's value, not yet parsed. */
  readonly json: Buffer;
}

/** Says what is wrong with a JSON text, as the end of the sentence "… is damaged: …". */
export class MalformedJson extends Error {
  override readonly name = 'MalformedJson';
}

/**
 * The members of the object that a JSON text is, one at a time, so that a text of 100 MB never becomes an object of many times that.
 * A key that comes twice comes out twice.
 */
export function* jsonMembers(text: Buffer): Iterable<JsonMember> {
  const scanner = new Scanner(text);
  scanner.expect(0x7b, 'it is no JSON object');
  if (scanner.accept(0x7d)) {
    scanner.finish();
    return;
  }
  do {
    const key = parse(scanner.value());
    if (typeof key !== 'string') throw new MalformedJson('a key in it is no text');
    scanner.expect(COLON, 'a key in it has no value');
    yield { key, json: scanner.value() };
  } while (scanner.accept(COMMA));
  scanner.expect(0x7d, 'it does not end');
  scanner.finish();
}

export function parse(json: Buffer): unknown {
  if (json.length > MAX_MEMBER_BYTES) throw new MalformedJson(`an entry in it is ${json.length} bytes long`);
  try {
    return JSON.parse(json.toString('utf8'));
  } catch (cause) {
    throw new MalformedJson('it is no JSON', { cause });
  }
}

class Scanner {
  private at = 0;

  constructor(private readonly text: Buffer) {}

  expect(byte: number, otherwise: string): void {
    if (!this.accept(byte)) throw new MalformedJson(otherwise);
  }

  accept(byte: number): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  finish(): void {
    this.skipBlanks();
    if (this.at < this.text.length) throw new MalformedJson('something follows its end');
  }

  /** One value as it stands there: up to the comma, colon or bracket that ends it. */
  value(): Buffer {
    const start = this.at;
    for (let depth = 0; this.at < this.text.length; this.at++) {
      const byte = this.text[this.at] ?? 0;
      if (byte === QUOTE) this.skipText();
      else if (OPENING.has(byte)) depth += 1;
      else if (depth === 0 && (byte === COMMA || byte === COLON || CLOSING.has(byte))) return this.text.subarray(start, this.at);
      else if (CLOSING.has(byte)) depth -= 1;
    }
    throw new MalformedJson('it breaks off');
  }

  private skipBlanks(): void {
    while (BLANK.has(this.text[this.at] ?? 0)) this.at += 1;
  }

  /** Leaves off at the closing quote. */
  private skipText(): void {
    for (this.at += 1; this.at < this.text.length && this.text[this.at] !== QUOTE; this.at++) {
      if (this.text[this.at] === BACKSLASH) this.at += 1;
    }
  }
}
