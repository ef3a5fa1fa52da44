const BASE_BYTES = 1024 * 1024;
/** An alternative with its names, and room to spare. */
const BYTES_EACH = 256;
const MOST_BYTES = 64 * 1024 * 1024;

/** The most that a document may have that tells of a prompt's tokens, each with its alternatives. */
export function bytesFor(tokens: number, alternatives: number): number {
  return Math.min(MOST_BYTES, BASE_BYTES + tokens * (alternatives + 2) * BYTES_EACH);
}
