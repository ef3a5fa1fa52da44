import { type FileBytes } from '../file-bytes';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { type DirectoryEntry, directoryEntries } from './zip-directory';
import { readZipEnd } from './zip-end';
import { damagedArchive } from './zip-refusals';
import { readLongSizes } from './zip64';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** The sizes stand behind the data, and zeros in front of it. */
const SIZES_FOLLOW = 8;
const FLAGS_THAT_CHANGE_DATA = 0x2041;

export interface StoredEntry extends DirectoryEntry {
  /** Where the entry after it, or the directory, begins. */
  readonly endsBefore: number;
}

/** A zip whose entries are to be read as they are stored: its directory is read at once, entries only when asked for. Does not own the file. */
export class StoredZip {
  readonly entries: ReadonlyMap<string, StoredEntry>;

  constructor(private readonly file: FileBytes) {
    const end = readZipEnd(file);
    const inOrder = directoryEntries(file, end).sort((one, other) => one.headerAt - other.headerAt);
    const entries = new Map<string, StoredEntry>();
    inOrder.forEach((entry, index) => {
      const endsBefore = inOrder[index + 1]?.headerAt ?? end.directoryStart;
      this.check(entry, endsBefore);
      if (entries.has(entry.name)) throw damagedArchive(file, `it holds the entry ${quoted(entry.name)} twice`);
      entries.set(entry.name, { ...entry, endsBefore });
    });
    this.entries = entries;
  }

  /** Where an entry's data begins, once its own header has said the same as the directory. */
  dataStart({ name, headerAt, sizeBytes, endsBefore }: StoredEntry): number {
    const header = this.file.read(headerAt, LOCAL_BYTES);
    const nameLength = header.readUInt16LE(26);
    const extraLength = header.readUInt16LE(28);
    const dataStart = headerAt + LOCAL_BYTES + nameLength + extraLength;
    if (header.readUInt32LE(0) !== LOCAL || dataStart + sizeBytes > endsBefore) throw this.disagreement(name);
    const following = this.file.read(headerAt + LOCAL_BYTES, nameLength + extraLength);
    const stored = readLongSizes(following.subarray(nameLength), { size: header.readUInt32LE(22), packed: header.readUInt32LE(18) });
    const flags = header.readUInt16LE(6);
    const isSame =
      following.toString('utf8', 0, nameLength) === name &&
      header.readUInt16LE(8) === 0 &&
      (flags & FLAGS_THAT_CHANGE_DATA) === 0 &&
      [stored.size, stored.packed].every((size) => size === sizeBytes || ((flags & SIZES_FOLLOW) !== 0 && size === 0));
    if (!isSame) throw this.disagreement(name);
    return dataStart;
  }

  /** For whoever needs them as they are. */
  refuseCompressed(): void {
    const compressed = [...this.entries.values()].find(({ method }) => method !== 0);
    if (compressed === undefined) return;
    throw new RefusedCheckpoint(
      'compressed',
      `${this.file.title} was compressed (${quoted(compressed.name)}), which torch.save never does; save it again with torch.save.`,
    );
  }

  read(entry: StoredEntry): Buffer {
    return this.file.read(this.dataStart(entry), entry.sizeBytes);
  }

  private check({ name, method, flags, sizeBytes, packedBytes, headerAt }: DirectoryEntry, endsBefore: number): void {
    if ((flags & FLAGS_THAT_CHANGE_DATA) !== 0) throw damagedArchive(this.file, `the entry ${quoted(name)} is encrypted`);
    if (method === 0 && packedBytes !== sizeBytes) throw damagedArchive(this.file, `the entry ${quoted(name)} has two sizes`);
    if (headerAt + LOCAL_BYTES + packedBytes > endsBefore) throw damagedArchive(this.file, `the entry ${quoted(name)} reaches into what follows it`);
  }

  private disagreement(name: string): RefusedCheckpoint {
    return damagedArchive(this.file, `its directory and the entry ${quoted(name)} itself disagree`);
  }
}
