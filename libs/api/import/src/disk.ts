import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Left free: others write too. */
const SPARE_BYTES = 64 * 1024 * 1024;

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

export function isDiskFull(thrown: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((thrown as NodeJS.ErrnoException).code ?? '');
}
