import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** The hash, or null where the file cannot be read. */
export interface HashReply {
  readonly hash: string | null;
}

/** Synchronous on purpose, like the header reader: the process's one thread pool belongs to the binding. */
function sha256(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const length = readSync(descriptor, chunk);
      if (length === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}

parentPort?.on('message', (path: string) => {
  let reply: HashReply;
  try {
    reply = { hash: sha256(path) };
  } catch {
    reply = { hash: null };
  }
  parentPort?.postMessage(reply);
});
