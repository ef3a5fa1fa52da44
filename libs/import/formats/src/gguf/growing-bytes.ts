const FIRST_BYTES = 64 * 1024;

/** Bytes that are written one value after the other, little-endian. A value that its type cannot hold is an error. */
export class GrowingBytes {
  private buffer = Buffer.alloc(FIRST_BYTES);
  private at = 0;

  get length(): number {
    return this.at;
  }

  u8(value: number): void {
    const at = this.advance(1);
    this.buffer.writeUInt8(value, at);
  }

  i8(value: number): void {
    const at = this.advance(1);
    this.buffer.writeInt8(value, at);
  }

  u16(value: number): void {
    const at = this.advance(2);
    this.buffer.writeUInt16LE(value, at);
  }

  i16(value: number): void {
    const at = this.advance(2);
    this.buffer.writeInt16LE(value, at);
  }

  u32(value: number): void {
    const at = this.advance(4);
    this.buffer.writeUInt32LE(value, at);
  }

  i32(value: number): void {
    const at = this.advance(4);
    this.buffer.writeInt32LE(value, at);
  }

  f32(value: number): void {
    const at = this.advance(4);
    this.buffer.writeFloatLE(value, at);
  }

  u64(value: number): void {
    const at = this.advance(8);
    this.buffer.writeBigUInt64LE(BigInt(value), at);
  }

  i64(value: number): void {
    const at = this.advance(8);
    this.buffer.writeBigInt64LE(BigInt(value), at);
  }

  f64(value: number): void {
    const at = this.advance(8);
    this.buffer.writeDoubleLE(value, at);
  }

  /** With its length in bytes in front. */
  text(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.u64(length);
    const at = this.advance(length);
    this.buffer.write(value, at, 'utf8');
  }

  latin1(value: string): void {
    const at = this.advance(value.length);
    this.buffer.write(value, at, 'latin1');
  }

  zeros(count: number): void {
    const start = this.advance(count);
    this.buffer.fill(0, start, this.at);
  }

  taken(): Uint8Array {
    return this.buffer.subarray(0, this.at);
  }

  /** Where the next bytes go. It may move them all: the buffer is looked at after this. */
  private advance(count: number): number {
    const start = this.at;
    this.at += count;
    if (this.at > this.buffer.length) {
      const larger = Buffer.alloc(Math.max(this.at, 2 * this.buffer.length));
      this.buffer.copy(larger, 0, 0, start);
      this.buffer = larger;
    }
    return start;
  }
}
