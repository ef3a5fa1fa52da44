import { FileWindow } from './file-window';
import { MalformedHeader } from './malformed-header';

const MAGIC = 'GGUF';
const MAX_KEYS = 65_536;
const MAX_TENSORS = 262_144;
const MAX_ARRAY_DEPTH = 2;
const MAX_DIMENSIONS = 4;
const DEFAULT_ALIGNMENT = 32;

/** A metadata value. Arrays are skipped over and only counted: a vocabulary is none of the header's business. */
export type MetadataValue = number | boolean | string | bigint | readonly string[] | { readonly length: number };

export interface TensorEntry {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly type: number;
  /** From the start of the data section. */
  readonly offset: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  readonly tensors: readonly TensorEntry[];
  readonly alignment: number;
  /** Bytes from the start of the data section to the end of the file. */
  readonly dataBytes: number;
}

const READERS: Readonly<Record<number, (file: FileWindow) => number | boolean | string | bigint>> = {
  0: (file) => file.u8(),
  1: (file) => file.bytes(1).readInt8(),
  2: (file) => file.bytes(2).readUInt16LE(),
  3: (file) => file.bytes(2).readInt16LE(),
  4: (file) => file.u32(),
  5: (file) => file.bytes(4).readInt32LE(),
  6: (file) => file.bytes(4).readFloatLE(),
  7: (file) => file.u8() !== 0,
  8: (file) => file.string(),
  10: (file) => file.bytes(8).readBigUInt64LE(),
  11: (file) => file.bytes(8).readBigInt64LE(),
  12: (file) => file.bytes(8).readDoubleLE(),
};
const FIXED_BYTES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
/** Lists that are read, with how many entries each may have and how long one may be. */
const TEXT_LISTS: ReadonlySet<string> = new Set(['tandem.stop_strings']);
const MAX_TEXTS = 16;
const MAX_TEXT_CHARACTERS = 256;
const STRING = 8;
const ARRAY = 9;

/** Reads the header of one GGUF file, never more than it holds; throws `MalformedHeader` for what no reader could use. */
export function readHeader(path: string): Header {
  const file = new FileWindow(path);
  try {
    checkPreamble(file);
    const tensorCount = countUpTo(file.u64(), MAX_TENSORS, 'tensors');
    const keyCount = countUpTo(file.u64(), MAX_KEYS, 'metadata entries');
    const metadata = new Map<string, MetadataValue>();
    for (let index = 0; index < keyCount; index++) readEntry(file, metadata);
    const tensors = Array.from({ length: tensorCount }, () => readTensor(file));
    const alignment = alignmentOf(metadata);
    const dataStart = Math.ceil(file.position / alignment) * alignment;
    return { metadata, tensors, alignment, dataBytes: file.sizeBytes - dataStart };
  } finally {
    file.close();
  }
}

function checkPreamble(file: FileWindow): void {
  if (file.sizeBytes < 24) throw new MalformedHeader(`it is only ${file.sizeBytes} bytes long`);
  if (file.bytes(4).toString('latin1') !== MAGIC) throw new MalformedHeader('it does not begin with "GGUF"');
  const version = file.u32();
  // A byte-swapped small number: the file was written for a big-endian machine.
  if (version !== 0 && (version & 0xffff) === 0) throw new MalformedHeader('it is big-endian; convert it on a little-endian machine');
  if (version !== 2 && version !== 3) throw new MalformedHeader(`its version is ${version}; versions 2 and 3 can be read`);
}

function readEntry(file: FileWindow, metadata: Map<string, MetadataValue>): void {
  const key = file.string();
  const type = file.u32();
  metadata.set(key, type === ARRAY && TEXT_LISTS.has(key) ? readTexts(file, key) : readValue(file, type));
}

function readTexts(file: FileWindow, key: string): readonly string[] {
  const type = file.u32();
  const length = file.u64();
  if (type !== STRING || length > MAX_TEXTS) throw new MalformedHeader(`its ${key} is no list of at most ${MAX_TEXTS} texts`);
  return Array.from({ length }, () => file.string().slice(0, MAX_TEXT_CHARACTERS)).filter((text) => text !== '');
}

function readValue(file: FileWindow, type: number): MetadataValue {
  if (type === ARRAY) return { length: skipArray(file, 1) };
  const read = READERS[type];
  if (read === undefined) throw new MalformedHeader(`it holds metadata of the unknown type ${type}`);
  return read(file);
}

function skipArray(file: FileWindow, depth: number): number {
  if (depth > MAX_ARRAY_DEPTH) throw new MalformedHeader('its metadata is nested too deeply');
  const type = file.u32();
  const length = file.u64();
  const fixedBytes = FIXED_BYTES[type];
  if (fixedBytes !== undefined) file.skip(length * fixedBytes);
  else if (type !== STRING && type !== ARRAY) throw new MalformedHeader(`it holds metadata of the unknown type ${type}`);
  else {
    if (length * 8 > file.remainingBytes) throw new MalformedHeader(`a list of ${length} entries would reach past its end`);
    for (let index = 0; index < length; index++) {
      if (type === STRING) file.skipString();
      else skipArray(file, depth + 1);
    }
  }
  return length;
}

function readTensor(file: FileWindow): TensorEntry {
  const name = file.string();
  const rank = file.u32();
  if (rank < 1 || rank > MAX_DIMENSIONS) throw new MalformedHeader(`the tensor ${shown(name)} has ${rank} dimensions`);
  const dimensions = Array.from({ length: rank }, () => file.u64());
  return { name, dimensions, type: file.u32(), offset: file.u64() };
}

function alignmentOf(metadata: ReadonlyMap<string, MetadataValue>): number {
  const value = metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT;
  const isPowerOfTwo = typeof value === 'number' && Number.isInteger(Math.log2(value));
  if (!isPowerOfTwo || value < 8 || value > 65_536) throw new MalformedHeader('its general.alignment is no power of two from 8 to 65536');
  return value;
}

function countUpTo(count: number, limit: number, what: string): number {
  if (count > limit) throw new MalformedHeader(`it claims to hold ${count} ${what}; at most ${limit} are read`);
  return count;
}

/** A name from a file, short and printable enough for a sentence. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name);
}
