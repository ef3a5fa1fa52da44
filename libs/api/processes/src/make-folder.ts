import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those above it that are missing, all with the same mode. Node's `recursive` keeps a thread busy without end where a
 * folder that is there can have none in it, as `/proc`.
 * @throws what the system says
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const above = dirname(resolve(folder));
  try {
    await makeOne(folder, mode);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT' || above === resolve(folder)) throw thrown;
    await makeFolder(above, mode);
    await makeOne(folder, mode);
  }
}

async function makeOne(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (thrown) {
    const isThere = (thrown as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(folder)).isDirectory();
    if (!isThere) throw thrown;
  }
}
