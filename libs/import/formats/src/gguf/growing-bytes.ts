const FIRST_BYTES = 64 * 1024;

/** Bytes that are written one value after the other, little-endian. A value that its type cannot hold is an error. */
export class GrowingBytes {
  private buffer = Buffer.alloc(FIRST_BYTES);
  private at = 0;

  get length(): number {
    return this.at;
  }

  u8(value: number): void {
    this.buffer.writeUInt8(value, this.advance(1));
  }

  i8(value: number): void {
    this.buffer.writeInt8(value, this.advance(1));
  }

  u16(value: number): void {
    this.buffer.writeUInt16LE(value, this.advance(2));
  }

  i16(value: number): void {
    this.buffer.writeInt16LE(value, this.advance(2));
  }

  u32(value: number): void {
    this.buffer.writeUInt32LE(value, this.advance(4));
  }

  i32(value: number): void {
    this.buffer.writeInt32LE(value, this.advance(4));
  }

  f32(value: number): void {
    this.buffer.writeFloatLE(value, this.advance(4));
  }

  u64(value: number): void {
    this.buffer.writeBigUInt64LE(BigInt(value), this.advance(8));
  }

  i64(value: number): void {
    this.buffer.writeBigInt64LE(BigInt(value), this.advance(8));
  }

  f64(value: number): void {
    this.buffer.writeDoubleLE(value, this.advance(8));
  }

  /** With its length in bytes in front. */
  text(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.u64(length);
    this.buffer.write(value, this.advance(length), 'utf8');
  }

  latin1(value: string): void {
    this.buffer.write(value, this.advance(value.length), 'latin1');
  }

  zeros(count: number): void {
    const start = this.advance(count);
    this.buffer.fill(0, start, this.at);
  }

  taken(): Uint8Array {
    return this.buffer.subarray(0, this.at);
  }

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
