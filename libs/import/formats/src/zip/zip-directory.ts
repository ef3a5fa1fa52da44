import { type FileBytes } from '../file-bytes';
import { type ZipEnd } from './zip-end';
import { damagedArchive } from './zip-refusals';
import { readLongSizes } from './zip64';

const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;

/** What a zip's directory says about one of its entries. */
export interface DirectoryEntry {
  readonly name: string;
  readonly flags: number;
  /** How it is compressed; 0 is not at all. */
  readonly method: number;
  readonly sizeBytes: number;
  readonly packedBytes: number;
  /** Where the entry's own header is. */
  readonly headerAt: number;
}

export function directoryEntries(file: FileBytes, { entryCount, directoryStart, directoryBytes }: ZipEnd): DirectoryEntry[] {
  const directory = file.read(directoryStart, directoryBytes);
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (entries.length < entryCount) {
    const length = entryLength(directory, at);
    if (length === null) throw damagedArchive(file, `its directory breaks off at entry ${entries.length + 1} of ${entryCount}`);
    entries.push(entryIn(directory.subarray(at, at + length)));
    at += length;
  }
  if (at !== directoryBytes) throw damagedArchive(file, 'its directory holds more than it says');
  return entries;
}

function entryLength(directory: Buffer, at: number): number | null {
  if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY) return null;
  const length = [28, 30, 32].reduce((sum, field) => sum + directory.readUInt16LE(at + field), ENTRY_BYTES);
  return at + length <= directory.length ? length : null;
}

function entryIn(record: Buffer): DirectoryEntry {
  const extraAt = ENTRY_BYTES + record.readUInt16LE(28);
  const extra = record.subarray(extraAt, extraAt + record.readUInt16LE(30));
  const short = { size: record.readUInt32LE(24), packed: record.readUInt32LE(20), headerAt: record.readUInt32LE(42) };
  const { size, packed, headerAt } = readLongSizes(extra, short);
  return {
    name: record.toString('utf8', ENTRY_BYTES, extraAt),
    flags: record.readUInt16LE(8),
    method: record.readUInt16LE(10),
    sizeBytes: size,
    packedBytes: packed,
    headerAt,
  };
}
