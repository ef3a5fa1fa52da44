import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineError } from './engine-error';
import type { HashReply } from './hash.worker';

/** How many results are remembered; a file is hashed again only when it changed. */
const REMEMBERED = 1_000;

/**
 * Compares files with the hashes they are said to have, one after the other in a thread of its own, which ends when
 * nothing is left to read. `destroy` ends it now; it holds nothing native.
 */
export class ChecksumVerifier {
  private readonly known = new Map<string, string>();
  private last: Promise<unknown> = Promise.resolve();
  private worker: Worker | null = null;

  constructor(private readonly workerEntry: URL) {}

  /** @throws EngineError `model_invalid` for a file that is not what it should be */
  check(path: string, expected: string): Promise<void> {
    const turn = this.last.then(() => this.compare(path, expected));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async destroy(): Promise<void> {
    await this.worker?.terminate();
  }

  private async compare(path: string, expected: string): Promise<void> {
    const version = versionOf(path);
    const hash = this.known.get(version) ?? (await this.hash(path));
    if (hash === null || version !== versionOf(path)) {
      throw new EngineError('model_invalid', 'This file cannot be checked against its SHA-256: it could not be read, or changed meanwhile.');
    }
    this.remember(version, hash);
    if (hash === expected) return;
    const message = `This file is not what it should be: the SHA-256 of ${basename(path)} is ${hash}, but ${expected} is written beside it. Get it again from where you trust it.`;
    throw new EngineError('model_invalid', message, { isSecurityEvent: true });
  }

  private async hash(path: string): Promise<string | null> {
    const worker = new Worker(this.workerEntry);
    this.worker = worker;
    const hash = await new Promise<string | null>((resolve) => {
      worker.once('message', ({ hash }: HashReply) => resolve(hash));
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
      worker.postMessage(path);
    });
    this.worker = null;
    await worker.terminate();
    return hash;
  }

  private remember(version: string, hash: string): void {
    this.known.set(version, hash);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= REMEMBERED) return;
      this.known.delete(oldest);
    }
  }
}

function versionOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? '' : [path, stats.size, stats.ino, stats.mtimeMs, stats.ctimeMs].join('\n');
}
