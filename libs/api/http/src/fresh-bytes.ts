import { randomBytes } from 'node:crypto';

/** Drawing a few bytes takes as long as drawing many. */
const DRAWN_BYTES = 4_096;

let drawn = Buffer.alloc(0);
let used = 0;

/** Random bytes for ids and nonces, as good as `randomBytes`; at most 4,096 at a time. To be used at once, and given to nobody twice. */
export function freshBytes(count: number): Buffer {
  if (used + count > drawn.length) {
    drawn = randomBytes(DRAWN_BYTES);
    used = 0;
  }
  used += count;
  return drawn.subarray(used - count, used);
}
