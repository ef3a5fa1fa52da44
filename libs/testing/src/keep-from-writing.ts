import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import type { Closing } from './share';

/** Makes a folder one that nobody writes into until it is closed. Root may write into every folder that is not mounted to be read only. */
export function keepFromWriting(folder: string, closing: Closing): void {
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o500);
    closing(() => chmodSync(folder, 0o700));
    return;
  }
  const mount = (...args: string[]): void => void execFileSync('mount', args);
  mount('--bind', folder, folder);
  closing(() => void execFileSync('umount', ['--lazy', folder]));
  mount('-o', 'remount,bind,ro', folder);
}
