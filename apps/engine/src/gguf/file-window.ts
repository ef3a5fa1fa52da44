import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { MalformedHeader } from './malformed-header';

const WINDOW_BYTES = 256 * 1024;
/** The longest string that is read at all; the longest known chat template is a tenth of it. */
const MAX_STRING_BYTES = 1024 * 1024;

/**
 * Reads a file from front to back through one small window, in little endian, and refuses to leave the file.
 * Synchronous on purpose: it runs in a worker of its own, and an asynchronous read would queue behind the binding's
 * decoding in this process's one thread pool. Whoever opens it closes it.
 */
export class FileWindow {
  readonly sizeBytes: number;
  private readonly descriptor: number;
  private readonly window = Buffer.allocUnsafe(WINDOW_BYTES);
  private windowStart = 0;
  private windowLength = 0;
  private offset = 0;

  constructor(path: string) {
    this.descriptor = openSync(path, 'r');
    this.sizeBytes = fstatSync(this.descriptor).size;
  }

  get position(): number {
    return this.offset;
  }

  get remainingBytes(): number {
    return this.sizeBytes - this.offset;
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  u32(): number {
    return this.take(4).readUInt32LE();
  }

  u64(): number {
    const value = this.take(8).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedHeader(`it claims a length of ${value}`);
    return Number(value);
  }

  bytes(length: number): Buffer {
    return Buffer.from(this.take(length));
  }

  string(): string {
    return this.take(this.stringLength()).toString('utf8');
  }

  /** A text as its bytes, one character each, where it only is compared. */
  rawString(): string {
    return this.take(this.stringLength()).toString('latin1');
  }

  skipString(): void {
    this.skip(this.u64());
  }

  skip(length: number): void {
    if (length > this.remainingBytes) throw new MalformedHeader(`${length} bytes would reach past its end`);
    this.offset += length;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private stringLength(): number {
    const length = this.u64();
    if (length > this.remainingBytes) throw new MalformedHeader(`a text of ${length} bytes would reach past its end`);
    if (length > MAX_STRING_BYTES) throw new MalformedHeader(`it holds a text of ${length} bytes; at most ${MAX_STRING_BYTES} are read`);
    return length;
  }

  private take(length: number): Buffer {
    if (length > this.remainingBytes) throw new MalformedHeader('it ends in the middle of its header');
    if (length > WINDOW_BYTES) return this.readDirectly(length);
    if (this.offset < this.windowStart || this.offset + length > this.windowStart + this.windowLength) this.fill(length);
    const start = this.offset - this.windowStart;
    this.offset += length;
    return this.window.subarray(start, start + length);
  }

  private fill(length: number): void {
    this.windowStart = this.offset;
    this.windowLength = readSync(this.descriptor, this.window, 0, WINDOW_BYTES, this.offset);
    if (this.windowLength < length) throw new MalformedHeader('it was cut while it was read');
  }

  private readDirectly(length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    if (readSync(this.descriptor, buffer, 0, length, this.offset) < length) throw new MalformedHeader('it was cut while it was read');
    this.offset += length;
    return buffer;
  }
}
