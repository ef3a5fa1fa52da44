import { closeSync, fstatSync, openSync, rmSync, statfsSync } from 'node:fs';
import { ggufSizeBytes, openParts, RefusedCheckpoint, writeGguf } from '@tandem/import/formats';
import type { ConversionJob } from '@tandem/shared/converter-protocol';
import { describeModel } from './describe-model';
import { planModel } from './plan-model';

const MB = 1024 * 1024;
/** Left free beside the file: others write too. */
const SPARE_BYTES = 64 * MB;

/**
 * Converts one checkpoint; the size of the file that is written. The source is only read. Where this fails nothing is left.
 * Flushing it to the disk is up to the caller: Node's permission model lets no process under it do that.
 * @throws RefusedCheckpoint
 */
export function convertCheckpoint(job: ConversionJob, onProgress: (writtenBytes: number, totalBytes: number) => void): number {
  const file = openParts(job.weights);
  try {
    const planned = planModel(file, job.beside, job.type, true);
    const metadata = describeModel(planned, job.name, job.type);
    return written(job.target, (target) => {
      refuseWithoutRoom(job.target, ggufSizeBytes(metadata, planned.tensors));
      writeGguf(target, metadata, planned.tensors, onProgress);
    });
  } finally {
    file.close();
  }
}

function written(path: string, write: (target: number) => void): number {
  const target = openSync(path, 'w');
  try {
    write(target);
    const { size } = fstatSync(target);
    closeSync(target);
    return size;
  } catch (thrown) {
    closeSync(target);
    rmSync(path, { force: true });
    throw (thrown as NodeJS.ErrnoException).code === 'ENOSPC'
      ? new RefusedCheckpoint('no-space', 'The disk is full: the checkpoint could not be converted.', { cause: thrown })
      : thrown;
  }
}

/** Asks about the file, which is there already: that takes no right to read its folder. */
function refuseWithoutRoom(target: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(target);
  const free = bavail * bsize;
  if (free >= bytes + SPARE_BYTES) return;
  throw new RefusedCheckpoint(
    'no-space',
    `Converting this checkpoint takes ${Math.ceil(bytes / MB)} MB, and only ${Math.floor(free / MB)} MB are free on the disk.`,
  );
}
