import { zipBytes, type ZipBytes } from '@tandem/testing';
import { FileBytes } from '../file-bytes';
import { checkpointFolder, refused } from '../testing/checkpoint-folder';
import { StoredZip } from './stored-zip';
import { readLongSizes } from './zip64';

const write = checkpointFolder();
const opened: FileBytes[] = [];
afterEach(() => opened.splice(0).forEach((file) => file.close()));

function open(bytes: Buffer): StoredZip {
  const file = FileBytes.open(write('best.pt', bytes));
  opened.push(file);
  return new StoredZip(file);
}

const ENTRIES = [
  { name: 'archive/data.pkl', data: Buffer.from('pickle') },
  { name: 'archive/data/0', data: Buffer.from('weights') },
];
const zipped = (more: Partial<ZipBytes> = {}): Buffer => zipBytes({ entries: ENTRIES, ...more });

function texts(zip: StoredZip): string[] {
  return [...zip.entries.values()].map((entry) => zip.read(entry).toString());
}

describe('a zip of stored entries', () => {
  it.each([
    ['with 32-bit sizes', {}],
    ['with 64-bit sizes, as torch.save writes beyond 4 GB', { isLong: true }],
    ['with a comment behind its directory', { comment: 'saved by a tool' }],
    ['with a comment that looks like an end', { comment: 'PK\x05\x06'.padEnd(30, 'x') }],
  ])('gives its entries by name %s', (_title, more) => {
    const zip = open(zipped(more));
    expect([...zip.entries.keys()]).toEqual(['archive/data.pkl', 'archive/data/0']);
    expect(texts(zip)).toEqual(['pickle', 'weights']);
  });

  it('finds where the bytes of an entry lie in the file, to read them in place', () => {
    const bytes = zipped();
    const zip = open(bytes);
    const entry = zip.entries.get('archive/data/0');
    if (entry === undefined) throw new Error('no entry');
    const start = zip.dataStart(entry);
    expect(bytes.toString('latin1', start, start + entry.sizeBytes)).toBe('weights');
  });

  it('lists a compressed entry, and says which one it is where bytes are needed in place', () => {
    const zip = open(zipBytes({ entries: [{ name: 'archive/constants.pkl', data: Buffer.from('x'), method: 8 }, ...ENTRIES] }));
    expect(zip.entries.size).toBe(3);
    expect(() => zip.refuseCompressed()).toThrow(
      refused('compressed', /^"best\.pt" was compressed \("archive\/constants\.pkl"\), which torch\.save never does; save it again with torch\.save\.$/),
    );
    expect(() => open(zipped()).refuseCompressed()).not.toThrow();
  });
});

describe('the 64-bit end of a zip', () => {
  /** The same zip with one field of its long end overwritten. */
  function lying(field: number, value: bigint): Buffer {
    const bytes = zipped({ isLong: true });
    bytes.writeBigUInt64LE(value, bytes.lastIndexOf(Buffer.from('PK\x06\x06', 'latin1')) + field);
    return bytes;
  }

  it.each([
    ['its entries on this disk are not all', 24, 1n, 'damaged', /two different things about its directory/],
    ['its directory begins beyond what a number can say', 48, 2n ** 60n, 'damaged', /position or size of 1152921504606846976 bytes/],
    ['its directory is longer than any', 40, 2n ** 40n, 'too-large', /claims to hold/],
    ['its directory lies past its end', 48, 1_000_000n, 'damaged', /its directory lies past its end/],
  ])('is refused where %s', (_title, field, value, kind, sentence) => {
    expect(() => open(lying(field, value))).toThrow(refused(kind, sentence));
  });

  it('is refused where it is not where it should be', () => {
    const bytes = zipped({ isLong: true });
    bytes.write('XX', bytes.lastIndexOf(Buffer.from('PK\x06\x06', 'latin1')));
    expect(() => open(bytes)).toThrow(refused('damaged', /the end of its directory is not where it says/));
  });

  it('is refused where the zip is one disk of several', () => {
    const bytes = zipped();
    bytes.writeUInt16LE(3, bytes.length - 18);
    expect(() => open(bytes)).toThrow(refused('damaged', /it is one part of several/));
  });
});

describe('64-bit sizes of one entry', () => {
  const ABSENT = 0xffffffff;
  const field = (id: number, ...values: readonly bigint[]): Buffer => {
    const bytes = Buffer.alloc(4 + 8 * values.length);
    bytes.writeUInt16LE(id);
    bytes.writeUInt16LE(8 * values.length, 2);
    values.forEach((value, index) => bytes.writeBigUInt64LE(value, 4 + 8 * index));
    return bytes;
  };

  it('stand in the order size, packed size, place, those alone that are absent in 32 bits', () => {
    const large = 2 ** 33;
    expect(readLongSizes(field(1, BigInt(large), BigInt(large)), { size: ABSENT, packed: ABSENT, headerAt: 7 })).toEqual({
      size: large,
      packed: large,
      headerAt: 7,
    });
    expect(readLongSizes(field(1, BigInt(large)), { size: 5, packed: 5, headerAt: ABSENT })).toEqual({ size: 5, packed: 5, headerAt: large });
  });

  it('are found behind fields of other programs', () => {
    expect(readLongSizes(Buffer.concat([field(0x5455, 1n), field(1, 9n)]), { size: ABSENT, packed: 3 }).size).toBe(9);
  });

  it('are too large for any file where the field lacks them', () => {
    expect(readLongSizes(Buffer.alloc(0), { size: ABSENT, packed: 3 }).size).toBe(Infinity);
    expect(readLongSizes(field(1), { size: 3, packed: ABSENT }).packed).toBe(Infinity);
  });
});
