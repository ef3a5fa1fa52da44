import { type FileBytes } from '../file-bytes';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { byteNumber, damagedArchive } from './zip-refusals';

const END = 0x06054b50;
const END_BYTES = 22;
const LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const MAX_COMMENT_BYTES = 0xffff;
/** One for each tensor; as many as fit into the heap of whoever only looks at a file. */
const MAX_ENTRIES = 250_000;
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024;

/** Where a zip's directory lies. */
export interface ZipEnd {
  readonly entryCount: number;
  readonly directoryStart: number;
  readonly directoryBytes: number;
}

/** Finds the directory by what stands at the end of the file; what stands there twice must be the same. */
export function readZipEnd(file: FileBytes): ZipEnd {
  const { record, position } = findEnd(file);
  const short = shortEnd(file, record);
  const end = longEnd(file, position, short) ?? short;
  if (end.entryCount > MAX_ENTRIES || end.directoryBytes > MAX_DIRECTORY_BYTES) {
    throw new RefusedCheckpoint('too-large', `${file.title} claims to hold ${end.entryCount} entries, more than any checkpoint has; save it again.`);
  }
  if (end.directoryStart + end.directoryBytes > position) throw damagedArchive(file, 'its directory lies past its end');
  return end;
}

function findEnd(file: FileBytes): { record: Buffer; position: number } {
  const length = Math.min(file.sizeBytes, END_BYTES + MAX_COMMENT_BYTES);
  const tail = file.read(file.sizeBytes - length, length);
  for (let at = length - END_BYTES; at >= 0; at--) {
    const isEnd = tail.readUInt32LE(at) === END && tail.readUInt16LE(at + 20) === length - at - END_BYTES;
    if (isEnd) return { record: tail.subarray(at, at + END_BYTES), position: file.sizeBytes - length + at };
  }
  throw new RefusedCheckpoint('truncated', `${file.title} is cut short: the directory that ends a PyTorch file is missing; copy it again.`);
}

function shortEnd(file: FileBytes, record: Buffer): ZipEnd {
  const disks = [record.readUInt16LE(4), record.readUInt16LE(6)];
  const [entriesHere, entryCount] = [record.readUInt16LE(8), record.readUInt16LE(10)];
  if (disks.some((disk) => disk !== 0 && disk !== 0xffff) || entriesHere !== entryCount) throw damagedArchive(file, 'it is one part of several');
  return { entryCount, directoryBytes: record.readUInt32LE(12), directoryStart: record.readUInt32LE(16) };
}

function longEnd(file: FileBytes, endPosition: number, short: ZipEnd): ZipEnd | null {
  const locator = endPosition >= LOCATOR_BYTES ? file.read(endPosition - LOCATOR_BYTES, LOCATOR_BYTES) : null;
  if (locator?.readUInt32LE(0) !== LOCATOR) return null;
  const position = byteNumber(file, locator.readBigUInt64LE(8));
  if (position + END_64_BYTES > endPosition - LOCATOR_BYTES) throw damagedArchive(file, 'its directory lies past its end');
  const record = file.read(position, END_64_BYTES);
  if (record.readUInt32LE(0) !== END_64) throw damagedArchive(file, 'the end of its directory is not where it says');
  const [entriesHere, entryCount, directoryBytes, directoryStart] = [24, 32, 40, 48].map((at) => byteNumber(file, record.readBigUInt64LE(at)));
  const long = { entryCount: entryCount ?? 0, directoryBytes: directoryBytes ?? 0, directoryStart: directoryStart ?? 0 };
  const agrees =
    entriesHere === entryCount &&
    [0xffff, long.entryCount].includes(short.entryCount) &&
    [0xffffffff, long.directoryBytes].includes(short.directoryBytes) &&
    [0xffffffff, long.directoryStart].includes(short.directoryStart);
  if (!agrees) throw damagedArchive(file, 'it says two different things about its directory');
  return long;
}
