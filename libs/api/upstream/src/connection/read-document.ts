import { Fault } from '@tandem/api/faults';
import { faultOfConnection } from './connection-fault';
import type { UpstreamResponse } from './upstream-client';

export interface DocumentLimits {
  readonly bytes: number;
  readonly ms: number;
  /** What to do with a document beyond `bytes`. Default: refuse it. */
  readonly tooLong?: 'cut' | 'refuse';
}

/** Reads a short body as text, within its limits of size and time. `host` is for the sentence when it fails. */
export async function readDocument({ body }: UpstreamResponse, host: string, limits: DocumentLimits): Promise<string> {
  const { bytes, ms, tooLong = 'refuse' } = limits;
  const late = new Fault('upstream_timeout', { server: host, what: 'began to answer but did not finish in time' }, { retryable: true });
  const timer = setTimeout(() => body.destroy(late), ms);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      length += piece.length;
      if (length > bytes && tooLong === 'cut') break;
      if (length > bytes) throw new Fault('upstream_bad_response', `The answer of the model server at ${host} is larger than Tandem takes.`);
    }
  } catch (error) {
    // whoever asked may have had as much patience, a moment earlier
    throw error instanceof DOMException && error.name === 'TimeoutError' ? late : faultOfConnection(error, host);
  } finally {
    clearTimeout(timer);
  }
  return new TextDecoder().decode(Buffer.concat(pieces).subarray(0, bytes));
}
