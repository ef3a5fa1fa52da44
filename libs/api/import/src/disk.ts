import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '@tandem/api/faults';

const MB = 1024 * 1024;
/** Left free: others write too. */
const SPARE_BYTES = 64 * MB;
const RETRY_AFTER_SECONDS = 60;

/** Whether files can be made in a folder, or the folder where it is not there yet. Nothing is made. */
export async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (thrown) {
    const isMissing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    return isMissing && dirname(folder) !== folder && isWritable(dirname(folder));
  }
}

/** What can still be written below a folder, whether it is there yet or not. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.max(0, bavail * bsize - SPARE_BYTES);
  } catch (thrown) {
    const isMissing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    // A system that cannot tell is not asked: writing will show it.
    return isMissing && dirname(folder) !== folder ? freeBytes(dirname(folder)) : Infinity;
  }
}

export function diskFull(name: string, neededBytes: number, freeBytes: number): Fault {
  const message = `Converting ${name} takes ${Math.ceil(neededBytes / MB)} MB of disk, and ${Math.floor(freeBytes / MB)} MB can be had. Make room, or set CONVERTED_DIR to a folder on another disk.`;
  return new Fault('disk_full', message, { retryable: true, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

export function isDiskFull(thrown: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((thrown as NodeJS.ErrnoException).code ?? '');
}
