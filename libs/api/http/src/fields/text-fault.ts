import { REQUEST_LIMITS } from '@tandem/shared/contracts';

export const NO_TEXT = 'must be text that is not blank';

/** What is wrong with a text of a request, as a sentence goes on from its field; undefined where nothing is. @param most in UTF-16 characters */
export function textFault(value: unknown, most: number = REQUEST_LIMITS.textCharacters): string | undefined {
  if (typeof value !== 'string') return NO_TEXT;
  if (value.length > most) return `is ${value.length} characters long; at most ${most} are allowed`;
  return value.trim() === '' ? NO_TEXT : undefined;
}
