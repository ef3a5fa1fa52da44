import { FileWindow } from './file-window';
import { MalformedHeader } from './malformed-header';
import { readTokenList, type TokenList, TOKENS } from './token-list';

const MAGIC = 'GGUF';
const MAX_KEYS = 65_536;
const MAX_TENSORS = 262_144;
const MAX_ARRAY_DEPTH = 2;
const MAX_DIMENSIONS = 4;
const DEFAULT_ALIGNMENT = 32;

/** Of a list of numbers no more are kept than there are layers in any model. */
const MAX_KEPT_NUMBERS = 1_024;

/** A list in the metadata; its entries are kept where they are few numbers, and of tokens what matters of them. */
export interface MetadataList {
  readonly length: number;
  /** Number of its entries' type. */
  readonly type: number;
  readonly numbers?: readonly number[];
  readonly tokens?: TokenList;
  /** Of the few lists whose texts are of use. */
  readonly texts?: readonly string[];
}

export type MetadataValue = number | boolean | string | bigint | MetadataList;

export interface TensorEntry {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly type: number;
  /** From the start of the data section. */
  readonly offset: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  /** Number of each metadata entry's type. */
  readonly types: ReadonlyMap<string, number>;
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
export const U16 = 2;
export const I32 = 5;
export const F32 = 6;
export const STRING = 8;
const ARRAY = 9;

/** Reads the header of one GGUF file, never more than it holds; throws `MalformedHeader` for what no reader could use. */
export function readHeader(path: string): Header {
  const file = new FileWindow(path);
  try {
    checkPreamble(file);
    const tensorCount = countUpTo(file.u64(), MAX_TENSORS, 'tensors');
    const keyCount = countUpTo(file.u64(), MAX_KEYS, 'metadata entries');
    const metadata = new Map<string, MetadataValue>();
    const types = new Map<string, number>();
    for (let index = 0; index < keyCount; index++) {
      const key = file.string();
      if (types.has(key)) throw new MalformedHeader(`its metadata say ${shown(key)} twice`);
      const type = file.u32();
      types.set(key, type);
      metadata.set(key, readValue(file, type, key));
    }
    const tensors = Array.from({ length: tensorCount }, () => readTensor(file));
    const alignment = alignmentOf(metadata);
    const dataStart = Math.ceil(file.position / alignment) * alignment;
    return { metadata, types, tensors, alignment, dataBytes: file.sizeBytes - dataStart };
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

function readTexts(file: FileWindow, key: string, type: number, length: number): readonly string[] {
  if (type !== STRING || length > MAX_TEXTS) throw new MalformedHeader(`its ${key} is no list of at most ${MAX_TEXTS} texts`);
  return Array.from({ length }, () => file.string().slice(0, MAX_TEXT_CHARACTERS)).filter((text) => text !== '');
}

function readValue(file: FileWindow, type: number, key: string): MetadataValue {
  if (type === ARRAY) return readList(file, key);
  const read = READERS[type];
  if (read === undefined) throw new MalformedHeader(`it holds metadata of the unknown type ${type}`);
  return read(file);
}

function readList(file: FileWindow, key: string): MetadataList {
  const type = file.u32();
  const length = file.u64();
  if (TEXT_LISTS.has(key)) return { type, length, texts: readTexts(file, key, type, length) };
  if (key === TOKENS && type === STRING) {
    checkListLength(file, length);
    return { type, length, tokens: readTokenList(file, length) };
  }
  const read = READERS[type];
  if (read === undefined || type === STRING || length > MAX_KEPT_NUMBERS) {
    skipEntries(file, type, length, 1);
    return { type, length };
  }
  return { type, length, numbers: Array.from({ length }, () => Number(read(file))) };
}

function skipEntries(file: FileWindow, type: number, length: number, depth: number): void {
  const fixedBytes = FIXED_BYTES[type];
  if (fixedBytes !== undefined) file.skip(length * fixedBytes);
  else if (type !== STRING && type !== ARRAY) throw new MalformedHeader(`it holds metadata of the unknown type ${type}`);
  else {
    checkListLength(file, length);
    for (let index = 0; index < length; index++) {
      if (type === STRING) file.skipString();
      else skipNested(file, depth + 1);
    }
  }
}

function skipNested(file: FileWindow, depth: number): void {
  if (depth > MAX_ARRAY_DEPTH) throw new MalformedHeader('its metadata is nested too deeply');
  skipEntries(file, file.u32(), file.u64(), depth);
}

function checkListLength(file: FileWindow, length: number): void {
  if (length * 8 > file.remainingBytes) throw new MalformedHeader(`a list of ${length} entries would reach past its end`);
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
