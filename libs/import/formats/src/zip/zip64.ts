const ZIP64 = 1;
const ABSENT = 0xffffffff;

/** Sizes and positions of one entry; those of 0xffffffff stand in its extra field with 64 bits. */
export interface LongSizes {
  readonly size: number;
  readonly packed: number;
  readonly headerAt?: number;
}

/** The same with what the extra field says. What that cannot hold is left as it is, and too large for any file. */
export function readLongSizes(extra: Buffer, { size, packed, headerAt }: LongSizes): Required<LongSizes> {
  const field = zip64Field(extra);
  let at = 0;
  const long = (value: number): number => {
    if (value !== ABSENT) return value;
    if (at + 8 > field.length) return Infinity;
    at += 8;
    return Number(field.readBigUInt64LE(at - 8));
  };
  return { size: long(size), packed: long(packed), headerAt: long(headerAt ?? 0) };
}

function zip64Field(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === ZIP64) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return Buffer.alloc(0);
}
