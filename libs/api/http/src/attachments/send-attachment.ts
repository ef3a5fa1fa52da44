import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A text file that somebody takes along. */
export interface Attachment {
  /** Without its character set, which is UTF-8. */
  readonly type: string;
  /** Of the file: letters, digits, dots and hyphens. */
  readonly name: string;
  /** Made one by one, as fast as the client takes them. */
  readonly pieces: Iterable<string> | AsyncIterable<string>;
}

/**
 * Sends it. What fails on the way breaks the connection off: the head is gone by then, and a file that ends before its end must not
 * look whole.
 */
export async function sendAttachment(response: ServerResponse, { type, name, pieces }: Attachment): Promise<void> {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.setHeader('Cache-Control', 'no-store');
  await pipeline(Readable.from(pieces), response).catch(() => response.destroy());
}
