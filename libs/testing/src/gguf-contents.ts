/** A tensor as a GGUF describes it: innermost dimension first, with its bytes. */
export interface GgufTensorContents {
  readonly dimensions: readonly number[];
  readonly type: number;
  /** From the start of the data section. */
  readonly offset: number;
  /** From there to where the next tensor, or the file, ends. */
  readonly data: Buffer;
}

export interface GgufContents {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, unknown>;
  readonly tensors: ReadonlyMap<string, GgufTensorContents>;
  readonly dataStart: number;
}

const ALIGNMENT = 32;
const STRING = 8;
const ARRAY = 9;

/** Reads a whole GGUF by its specification, apart from the code that writes one. */
export function ggufContents(file: Buffer): GgufContents {
  const cursor = new Cursor(file);
  const magic = cursor.bytes(4).toString('latin1');
  if (magic !== 'GGUF') throw new Error(`This is no GGUF: it begins with ${magic}.`);
  const version = cursor.u32();
  const [tensorCount, keyCount] = [cursor.u64(), cursor.u64()];
  const metadata = new Map(Array.from({ length: keyCount }, () => [cursor.text(), cursor.value(cursor.u32())]));
  const infos = Array.from({ length: tensorCount }, () => {
    const name = cursor.text();
    const dimensions = Array.from({ length: cursor.u32() }, () => cursor.u64());
    return { name, dimensions, type: cursor.u32(), offset: cursor.u64() };
  });
  const dataStart = Math.ceil(cursor.at / ALIGNMENT) * ALIGNMENT;
  const tensors = infos.map(({ name, ...info }, index): [string, GgufTensorContents] => {
    const end = infos[index + 1]?.offset ?? file.length - dataStart;
    return [name, { ...info, data: file.subarray(dataStart + info.offset, dataStart + end) }];
  });
  return { version, metadata, tensors: new Map(tensors), dataStart };
}

class Cursor {
  at = 0;

  constructor(private readonly file: Buffer) {}

  bytes(count: number): Buffer {
    this.at += count;
    return this.file.subarray(this.at - count, this.at);
  }

  u32(): number {
    return this.bytes(4).readUInt32LE();
  }

  u64(): number {
    return Number(this.bytes(8).readBigUInt64LE());
  }

  text(): string {
    return this.bytes(this.u64()).toString('utf8');
  }

  value(type: number): unknown {
    if (type === STRING) return this.text();
    if (type !== ARRAY) return this.number(type);
    const of = this.u32();
    return Array.from({ length: this.u64() }, () => this.value(of));
  }

  private number(type: number): number | boolean {
    const readers: readonly (() => number | boolean)[] = [
      () => this.bytes(1).readUInt8(),
      () => this.bytes(1).readInt8(),
      () => this.bytes(2).readUInt16LE(),
      () => this.bytes(2).readInt16LE(),
      () => this.u32(),
      () => this.bytes(4).readInt32LE(),
      () => this.bytes(4).readFloatLE(),
      () => this.bytes(1).readUInt8() === 1,
    ];
    const wide: Readonly<Record<number, () => number>> = {
      10: () => this.u64(),
      11: () => Number(this.bytes(8).readBigInt64LE()),
      12: () => this.bytes(8).readDoubleLE(),
    };
    const read = readers[type] ?? wide[type];
    if (read === undefined) throw new Error(`A GGUF has no type ${type}.`);
    return read();
  }
}
