import { oversizedPickle } from './pickle-refusals';

const MAX_BYTES = 96 * 1024 * 1024;

/** How much memory what a pickle makes may take, as an estimate on the high side. */
export class Allowance {
  private spentBytes = 0;

  spend(bytes: number): void {
    this.spentBytes += bytes;
    if (this.spentBytes > MAX_BYTES) throw oversizedPickle(`one whose values take over ${MAX_BYTES / 1024 / 1024} MB`);
  }
}
