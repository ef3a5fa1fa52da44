import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const READABLE = 0o644;

/**
 * Puts a text in a file's place in one step: whoever reads it meanwhile, or after the power went, finds the old one or the
 * new one. A link stays a link. Rejects with the system's error, and then nothing has changed.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode,
    () => READABLE,
  );
  const draft = join(dirname(target), `.tandem-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeThrough(draft, text, mode);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await flush(dirname(target));
}

async function writeThrough(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the new name is on the disk as well; where a folder cannot be opened, as on Windows, it is without that. */
async function flush(folder: string): Promise<void> {
  const opened = await open(folder, 'r').catch(() => undefined);
  await opened?.sync().catch(() => undefined);
  await opened?.close();
}
