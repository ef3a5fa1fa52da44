import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { quoted } from './quoted';
import { RefusedCheckpoint } from './refused-checkpoint';

/** One regular file, open for reading at any place. Owns the descriptor; whoever opened it closes it. */
export class FileBytes {
  readonly sizeBytes: number;
  /** Fit for a sentence. */
  readonly title: string;
  private descriptor: number | null;

  private constructor(
    descriptor: number,
    readonly path: string,
    title: string,
    sizeBytes: number,
  ) {
    this.descriptor = descriptor;
    this.title = title;
    this.sizeBytes = sizeBytes;
  }

  static open(path: string): FileBytes {
    const title = quoted(basename(path));
    try {
      const realPath = realpathSync(path);
      // Opening a pipe would wait for its other end.
      const descriptor = openSync(realPath, constants.O_RDONLY | constants.O_NONBLOCK);
      const stats = fstatSync(descriptor);
      if (stats.isFile()) return new FileBytes(descriptor, realPath, title, stats.size);
      closeSync(descriptor);
    } catch (error) {
      const message = `${title} cannot be opened (${codeOf(error)}); check that it is there and may be read.`;
      throw new RefusedCheckpoint('unreadable', message, { cause: error });
    }
    throw new RefusedCheckpoint('unreadable', `${title} is not a regular file; put the checkpoint itself there.`);
  }

  read(position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length);
    this.readInto(bytes, position);
    return bytes;
  }

  /** Fills `target` completely. */
  readInto(target: Uint8Array, position: number): void {
    if (this.descriptor === null) throw new Error('The checkpoint is closed.');
    const end = position + target.byteLength;
    for (let done = 0; done < target.byteLength;) {
      const count = this.readSome(this.descriptor, target, done, position + done);
      if (count === 0) throw new RefusedCheckpoint('truncated', `${this.title} ends before byte ${end}; copy it again.`);
      done += count;
    }
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  private readSome(descriptor: number, target: Uint8Array, done: number, position: number): number {
    try {
      return readSync(descriptor, target, done, target.byteLength - done, position);
    } catch (error) {
      const message = `${this.title} cannot be read at byte ${position} (${codeOf(error)}); check the disk it lies on.`;
      throw new RefusedCheckpoint('unreadable', message, { cause: error });
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
