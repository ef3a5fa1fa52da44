import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { MAX_DOCUMENT_BYTES, TOO_LARGE } from './document-text';
import { say } from './sentence';
import { SourceFailure } from './source-failure';

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const UNPACKERS: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress)],
]);

/** How an object travelled, and no encoding of what it holds. */
const NONE = new Set(['', 'identity', 'aws-chunked']);

/** An object as it was before it was stored packed, by what it says and by how a gzip file begins. @throws SourceFailure */
export async function unpack(name: string, bytes: Uint8Array, encoding = ''): Promise<Uint8Array> {
  const said = encoding
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !NONE.has(part));
  const encodings = said.length === 0 && bytes[0] === 0x1f && bytes[1] === 0x8b ? ['gzip'] : said;
  let unpacked = bytes;
  for (const one of encodings.toReversed()) {
    const unpackOne = UNPACKERS.get(one);
    if (unpackOne === undefined)
      throw new SourceFailure('config_invalid', say`${name} is stored with the encoding "${one}", which Tandem does not read: store it plain or with gzip.`);
    unpacked = await unpackOne(unpacked, { maxOutputLength: MAX_DOCUMENT_BYTES }).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ERR_BUFFER_TOO_LARGE') throw new SourceFailure('config_too_large', say`${name} ${TOO_LARGE}.`, { cause });
      throw new SourceFailure('config_invalid', say`${name} says that it is stored with the encoding "${one}", but is not: upload it again.`, { cause });
    });
  }
  return unpacked;
}
