/** One entry of a zip. What is said of it in a second place can be a lie. */
export interface ZipEntryBytes {
  readonly name: string;
  readonly data: Buffer;
  readonly method?: number;
  readonly flags?: number;
  /** In the directory alone. */
  readonly sizeBytes?: number;
  readonly headerAt?: number;
  /** In front of the data alone. */
  readonly localName?: string;
  readonly localSizeBytes?: number;
  readonly localMethod?: number;
}

export interface ZipBytes {
  readonly entries: readonly ZipEntryBytes[];
  /** Sizes and places with 64 bits, as for files beyond 4 GB. */
  readonly isLong?: boolean;
  readonly entryCount?: number;
  readonly directoryStart?: number;
  /** What only the 64-bit end of the directory says. */
  readonly longEntryCount?: number;
  readonly comment?: string;
}

const SIZES_FOLLOW = 0x808;
const ABSENT = 0xffffffff;

/** A zip of stored entries, as torch.save writes it (sizes behind the data), or as it is told. */
export function zipBytes(zip: ZipBytes): Buffer {
  const { entries, isLong = false, comment = '' } = zip;
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const local = localHeader(entry);
    directory.push(directoryEntry(entry, at, isLong));
    parts.push(local, entry.data);
    at += local.length + entry.data.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const start = zip.directoryStart ?? at;
  const count = zip.entryCount ?? entries.length;
  const long = isLong ? longEnd(zip.longEntryCount ?? count, directoryBytes.length, start, at + directoryBytes.length) : Buffer.alloc(0);
  return Buffer.concat([...parts, directoryBytes, long, shortEnd(count, directoryBytes.length, start, isLong, comment)]);
}

function localHeader(entry: ZipEntryBytes): Buffer {
  const { name, localName = name, localSizeBytes = 0, method = 0, localMethod = method, flags = SIZES_FOLLOW } = entry;
  const title = Buffer.from(localName);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(localMethod, 8);
  header.writeUInt32LE(localSizeBytes, 18);
  header.writeUInt32LE(localSizeBytes, 22);
  header.writeUInt16LE(title.length, 26);
  return Buffer.concat([header, title]);
}

function directoryEntry(entry: ZipEntryBytes, at: number, isLong: boolean): Buffer {
  const { name, data, method = 0, flags = SIZES_FOLLOW, sizeBytes = data.length, headerAt } = entry;
  const title = Buffer.from(name);
  const place = headerAt ?? at;
  const extra = isLong ? Buffer.concat([u16(1), u16(24), u64(sizeBytes), u64(sizeBytes), u64(place)]) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt32LE(isLong ? ABSENT : sizeBytes, 20);
  header.writeUInt32LE(isLong ? ABSENT : sizeBytes, 24);
  header.writeUInt16LE(title.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(isLong ? ABSENT : place, 42);
  return Buffer.concat([header, title, extra]);
}

function longEnd(count: number, size: number, start: number, at: number): Buffer {
  const versions = Buffer.alloc(12);
  const end = Buffer.concat([u32(0x06064b50), u64(44), versions, u64(count), u64(count), u64(size), u64(start)]);
  return Buffer.concat([end, u32(0x07064b50), u32(0), u64(at), u32(1)]);
}

function shortEnd(count: number, size: number, start: number, isLong: boolean, comment: string): Buffer {
  const counted = u16(isLong ? 0xffff : count);
  return Buffer.concat([
    u32(0x06054b50),
    u32(0),
    counted,
    counted,
    u32(isLong ? ABSENT : size),
    u32(isLong ? ABSENT : start),
    u16(comment.length),
    Buffer.from(comment, 'latin1'),
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
