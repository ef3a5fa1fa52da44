import { randomBytes } from 'node:crypto';

/** Within one millisecond; the first is drawn from the lower half, so that there is room above it. */
const COUNTS = 0x1000;

/**
 * UUIDs of version 7 (RFC 9562): in the order in which they are made, also within a millisecond and when the clock is set back,
 * and with 62 random bits, so that nobody finds another by trying.
 */
export class Ids {
  private lastMs = 0;
  private count = 0;

  constructor(private readonly now: () => number = () => Date.now()) {}

  next(): string {
    const now = this.now();
    if (now > this.lastMs) {
      this.lastMs = now;
      this.count = randomBytes(2).readUInt16BE() % (COUNTS / 2);
    } else {
      this.count += 1;
    }
    if (this.count === COUNTS) {
      this.lastMs += 1;
      this.count = 0;
    }
    const time = this.lastMs.toString(16).padStart(12, '0');
    const random = randomBytes(8);
    random.writeUInt8((random.readUInt8() & 0x3f) | 0x80);
    const tail = random.toString('hex');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${this.count.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  }
}

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text is spelled as ids are. */
export function isId(text: string): boolean {
  return PATTERN.test(text);
}

/** When an id was made, in milliseconds since 1970. */
export function madeAtMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
