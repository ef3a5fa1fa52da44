import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Fault } from '@tandem/api/faults';
import type { FileChecksum } from '@tandem/shared/contracts';
import type { CheckpointFiles } from './checkpoint-files';
import { CheckpointsFolder } from './checkpoints-folder';
import type { Seat } from './seat';
import { versionOf } from './seat-files';

/** What is hashed in one go, a millisecond's work: answers go on between two of them. */
const CHUNK_BYTES = 1024 * 1024;
/** How many checkpoints' results are remembered. */
const REMEMBERED = 1_000;

/**
 * The SHA-256 of what a seat is loaded from, as the files lie in the folder: of a checkpoint that is converted, those of the original.
 * Reads one checkpoint after the other, and each once for as long as its files stay as they are.
 */
@Injectable()
export class WeightsChecksums {
  private readonly known = new Map<string, Promise<readonly FileChecksum[]>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly folder: CheckpointsFolder) {}

  /** @throws Fault `model_not_found`; `conflict` where a file changed while it was read */
  async of(seat: Seat): Promise<readonly FileChecksum[]> {
    const checkpoints = await this.folder.filesOf(seat);
    return (await Promise.all(checkpoints.map((files) => this.sumsOf(files)))).flat();
  }

  private sumsOf(files: CheckpointFiles): Promise<readonly FileChecksum[]> {
    const version = versionOf(files);
    let sums = this.known.get(version);
    if (!sums) {
      sums = this.last.then(() => this.read(files, version));
      this.last = sums.catch(() => this.known.delete(version));
      this.known.set(version, sums);
      for (const oldest of this.known.keys()) if (this.known.size > REMEMBERED) this.known.delete(oldest);
    }
    return sums;
  }

  private async read({ name, paths }: CheckpointFiles, version: string): Promise<readonly FileChecksum[]> {
    const sums: FileChecksum[] = [];
    for (const path of paths) sums.push(await sumOf(path, name));
    const now = await this.folder.lookAgain(name);
    if (now === undefined || versionOf(now) !== version) throw changed(name);
    return sums;
  }
}

async function sumOf(path: string, checkpoint: string): Promise<FileChecksum> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch (cause) {
    throw changed(checkpoint, cause);
  }
  return { file: basename(path), bytes, sha256: hash.digest('hex') };
}

function changed(name: string, cause?: unknown): Fault {
  return new Fault('conflict', `The files of ${name} changed, or could not be read, while their checksum was made. Ask again.`, {
    param: 'model',
    retryable: true,
    ...(cause === undefined ? {} : { cause }),
  });
}
