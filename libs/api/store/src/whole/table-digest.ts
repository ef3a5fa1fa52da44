import { createHash } from 'node:crypto';
import type { Row } from './table-rows';

const MODULUS = 2n ** 256n;

/** Of a table: how many rows, and what they say, in whichever order they come: databases sort text differently. */
export class TableDigest {
  private sum = 0n;
  private count = 0;

  add(row: Row): void {
    const values = Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1));
    const digest = createHash('sha256').update(JSON.stringify(values)).digest('hex');
    this.sum = (this.sum + BigInt(`0x${digest}`)) % MODULUS;
    this.count += 1;
  }

  get rows(): number {
    return this.count;
  }

  /** Of all rows: the sum of their SHA-256. */
  get checksum(): string {
    return this.sum.toString(16).padStart(64, '0');
  }
}
