import { type FileBytes } from '../file-bytes';
import { RefusedCheckpoint } from '../refused-checkpoint';

export function damagedArchive(file: FileBytes, what: string): RefusedCheckpoint {
  return new RefusedCheckpoint('damaged', `${file.title} is a damaged archive: ${what}; copy it again, or save it again with torch.save.`);
}

/** A position or length that a file of this machine could have. */
export function byteNumber(file: FileBytes, value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damagedArchive(file, `it claims a position or size of ${value} bytes`);
  return Number(value);
}
