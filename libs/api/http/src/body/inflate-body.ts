import { promisify } from 'node:util';
import { gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { bodyTooLarge, Fault } from '@tandem/api/faults';

/** No text that a person or a program means grows more than this. */
const MOST_GROWTH = 100;
/** What is this small may grow as it likes. */
const SMALL_BYTES = 64 * 1024;

type Inflate = (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>;

/** Each brotli or zstd decoder takes some 20 MB, and hardly anyone sends them. */
const INFLATES: Readonly<Record<string, Inflate>> = { gzip: promisify(gunzip) as Inflate, deflate: promisify(inflate) as Inflate };

/** How a body is to be read; undefined where it is as it is. @throws Fault `unsupported_media_type` */
export function inflateFor(encoding = 'identity'): Inflate | undefined {
  const name = encoding.toLowerCase();
  if (name === 'identity') return undefined;
  const known = Object.hasOwn(INFLATES, name) ? INFLATES[name] : undefined;
  if (known) return known;
  throw new Fault('unsupported_media_type', 'The request body has an encoding that is not supported. Use gzip or deflate, or send it as it is.');
}

/** @throws Fault `payload_too_large` past `limit` or past what text grows to, `invalid_request` where it cannot be read */
export async function inflateBody(run: Inflate, bytes: Buffer, limit: number): Promise<Buffer> {
  const grown = Math.max(SMALL_BYTES, bytes.length * MOST_GROWTH);
  try {
    return await run(bytes, { maxOutputLength: Math.min(limit, grown) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE')
      throw new Fault('invalid_request', 'The request body is not what its Content-Encoding says.');
    if (grown >= limit) throw bodyTooLarge(limit);
    throw new Fault('payload_too_large', `The request body grows more than ${MOST_GROWTH} times after decompression. Send it as it is.`);
  }
}
