import { damagedPickle, oversizedPickle } from './pickle-refusals';

const LONGEST_NAME_BYTES = 1_000;
const LONGEST_NUMBER_BYTES = 1_024;
const LINE_FEED = 10;

/** Reads what follows an instruction, and never beyond the end. */
export class PickleCursor {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number {
    return this.bytes.readUInt8(this.advance(1));
  }

  u16(): number {
    return this.bytes.readUInt16LE(this.advance(2));
  }

  u32(): number {
    return this.bytes.readUInt32LE(this.advance(4));
  }

  i32(): number {
    return this.bytes.readInt32LE(this.advance(4));
  }

  f64(): number {
    return this.bytes.readDoubleBE(this.advance(8));
  }

  /** A length of 64 bits; one that is no number of this machine is past the end anyway. */
  u64(): number {
    return Number(this.bytes.readBigUInt64LE(this.advance(8)));
  }

  text(length: number): string {
    const start = this.advance(length);
    return this.bytes.toString('utf8', start, this.at);
  }

  raw(length: number): Uint8Array {
    const start = this.advance(length);
    return Uint8Array.prototype.slice.call(this.bytes, start, this.at);
  }

  /** A signed number of any length, least significant byte first. */
  long(length: number): number | bigint {
    if (length > LONGEST_NUMBER_BYTES) throw oversizedPickle(`one with a number of ${length} bytes`);
    if (length === 0) return 0;
    const digits = Buffer.from(this.raw(length)).reverse().toString('hex');
    const value = BigInt.asIntN(8 * length, BigInt(`0x${digits}`));
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  line(): string {
    const end = this.bytes.subarray(this.at, this.at + LONGEST_NAME_BYTES).indexOf(LINE_FEED);
    if (end < 0) throw damagedPickle('a name in it does not end');
    const line = this.text(end);
    this.advance(1);
    return line;
  }

  private advance(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) {
      throw damagedPickle(length === 1 ? 'it breaks off' : `something in it claims to be ${length} bytes long, which reaches past its end`);
    }
    this.at = start + length;
    return start;
  }
}
