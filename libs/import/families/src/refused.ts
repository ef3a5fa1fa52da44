import { RefusedCheckpoint } from '@tandem/import/formats';

/** What about a checkpoint cannot be used. */
export type RefusalSubject = 'family' | 'tokenizer' | 'configuration' | 'weights';

/** One sentence for people: what, why, and what to do. */
export function refused(subject: RefusalSubject, message: string): RefusedCheckpoint {
  return new RefusedCheckpoint(subject, message);
}
